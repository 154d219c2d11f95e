"""Results and the progress before them, as messages with buttons."""
