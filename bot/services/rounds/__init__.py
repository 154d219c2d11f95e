"""Rounds of styles, from the first proposal to the winners."""
