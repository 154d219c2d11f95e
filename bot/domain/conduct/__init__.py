"""Strikes, pauses and blocks: what follows from what."""
