"""Pictures as bytes, on disk and in threads."""
