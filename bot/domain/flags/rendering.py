"""Writing flags back, as a member would type them."""

import re

from bot.domain.flags.flag import Flag, Options, Value
from bot.domain.flags.quotes import MARKS, quote

_PLAIN = re.compile(rf"[^\s{MARKS}—-][^\s{MARKS}]*")
"""Values that need no quotation marks."""


def render_flags(flags: Options) -> str:
    """The flags in one line, to stand behind a prompt; `parse_prompt` reads them back.

    What is off needs no flag and has none.
    """
    return " ".join(
        _rendered(flag, value)
        for flag in Flag
        if (value := flags.value_of(flag)) is not None and value is not False
    )


def _rendered(flag: Flag, value: Value) -> str:
    if value is True:
        return flag.typed
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        return f"{flag.typed} {quote(value)}"
    return f"{flag.typed} {value}"
