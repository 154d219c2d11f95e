"""Rounds of styles as messages."""
