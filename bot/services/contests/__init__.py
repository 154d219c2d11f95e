"""Contests of pictures, from opening to prizes."""
