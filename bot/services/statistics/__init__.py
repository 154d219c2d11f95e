"""What was painted over time."""
