"""Battles of two styles, from the question to the ratings."""
