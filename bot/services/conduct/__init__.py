"""Strikes, pauses and blocks."""
