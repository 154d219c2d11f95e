"""Models of the image API as values, and what they cost."""
