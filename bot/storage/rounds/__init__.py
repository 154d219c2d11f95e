"""Rounds of styles."""
