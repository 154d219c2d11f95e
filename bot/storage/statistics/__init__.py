"""What was painted and paid, counted."""
