"""What was painted over time, as values."""
