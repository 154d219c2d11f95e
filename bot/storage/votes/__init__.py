"""Votes, what they come to, and a server's styles."""
