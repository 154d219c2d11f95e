"""Rounds: members propose styles, vote on them, and the winners join the server's styles."""
