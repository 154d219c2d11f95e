"""The words of statistics."""
