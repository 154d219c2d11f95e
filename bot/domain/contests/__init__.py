"""Contests of pictures: their rules and values."""
