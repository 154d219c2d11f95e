"""A server's own styles, and its leaderboards."""
