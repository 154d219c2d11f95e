"""Leafing through pictures, models and styles."""
