"""Other people's words inside the bot's own: they end no formatting early and mention nobody."""

import re
from collections.abc import Iterable

_MARKUP = re.compile(r"[\\`*_~|<>\[\]#]")
"""What Discord reads as formatting, mentions, times or links; a backslash takes its meaning."""

_HARMLESS = str.maketrans({"`": "ˋ", "@": "＠"})


def as_code(text: str, limit: int = 60) -> str:
    """A word shown as code, on one line and shortened to `limit` characters."""
    return f"`{_shortened(text, limit).translate(_HARMLESS) or ' '}`"


def listed(items: Iterable[str]) -> str:
    """Several words, each shown as code."""
    return ", ".join(as_code(item) for item in items)


def as_name(text: str, limit: int = 60) -> str:
    """A name on one line, shortened, its markup shown as it was typed."""
    return _MARKUP.sub(_escaped, _shortened(text, limit).translate(_HARMLESS))


def as_plain(text: str, limit: int = 300) -> str:
    """A sentence in quotation marks, on one line, shortened, its markup shown as it was typed."""
    return f"“{as_name(text, limit)}”"


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _shortened(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"
