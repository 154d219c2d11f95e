"""The words of tools."""
