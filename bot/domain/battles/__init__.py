"""Battles: one prompt in two styles, a blind vote, and what it says of the styles."""
