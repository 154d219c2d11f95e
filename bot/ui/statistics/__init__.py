"""Statistics as messages and charts."""
