"""Members, what they keep, and how their pictures are found."""
