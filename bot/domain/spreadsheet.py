"""What others wrote, in a table that a spreadsheet opens."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings that make a spreadsheet run a cell instead of showing it."""


def harmless_cell(cell: str) -> str:
    """A cell that is text to every spreadsheet."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
