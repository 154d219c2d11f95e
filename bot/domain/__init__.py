"""The rules of the house: pure values and functions, without I/O, clock, Discord or SQL."""
