"""Work that is due at a time, and what has to be done again and again."""
