"""Starboards."""
