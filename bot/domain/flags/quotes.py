"""Quotation marks, as keyboards and phones write them."""

import re

OPENING_DOUBLE = '"“”„'
CLOSING_DOUBLE = '"“”'
OPENING_SINGLE = "'‘’‚"
CLOSING_SINGLE = "'‘’"
MARKS = OPENING_DOUBLE + OPENING_SINGLE
"""Any opening mark goes with any closing one of its kind: „German“, “English”, ”Swedish”."""


def _pattern_of_value(opening: str, closing: str) -> str:
    r"""A mark inside a word, as in `don't`, and one after a backslash close nothing."""
    return rf"[{opening}]((?:\\.|[^\\{closing}]|[{closing}](?=\w))*)[{closing}](?!\S)"


_VALUE = re.compile(
    f"{_pattern_of_value(OPENING_DOUBLE, CLOSING_DOUBLE)}"
    f"|{_pattern_of_value(OPENING_SINGLE, CLOSING_SINGLE)}",
    re.DOTALL,
)
_ESCAPED = re.compile(rf"\\([\\{MARKS}])")
_TO_ESCAPE = re.compile(rf"[\\{MARKS}]")


def match_quoted(text: str, at: int) -> tuple[str, int] | None:
    """The value in quotation marks that begins there, and where it ends; None if none does."""
    found = _VALUE.match(text, at)
    if found is None:
        return None
    return _ESCAPED.sub(r"\1", found[1] or found[2] or ""), found.end()


def quote(text: str) -> str:
    """A value in quotation marks, for `match_quoted` to read."""
    return f'"{_TO_ESCAPE.sub(_with_backslash, text)}"'


def _with_backslash(mark: re.Match[str]) -> str:
    return f"\\{mark[0]}"
