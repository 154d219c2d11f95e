"""What is stored of members, as messages."""
