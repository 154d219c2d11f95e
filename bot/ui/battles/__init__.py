"""Battles as messages."""
