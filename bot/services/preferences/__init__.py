"""Presets and defaults."""
