"""Starboards as messages."""
