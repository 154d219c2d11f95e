"""Servers' starboards."""
