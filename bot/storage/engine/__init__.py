"""Connections: drivers, pools, and what each database spells its own way."""
