"""Votes on pictures, and the checks on them."""
