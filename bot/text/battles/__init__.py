"""The words of battles."""
