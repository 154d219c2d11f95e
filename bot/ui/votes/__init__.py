"""Votes, leaderboards and a server's styles, as messages."""
