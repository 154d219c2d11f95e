"""The words of contests."""
