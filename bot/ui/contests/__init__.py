"""Contests as messages."""
