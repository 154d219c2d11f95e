"""A server's own styles, and what it likes best."""
