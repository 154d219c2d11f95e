"""Finding the flags in a prompt: where each begins, and how far its value reaches.

Each character is looked at a bounded number of times, since no flag is read twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.asking.choices import nearest
from bot.domain.flags.errors import (
    FlagRepeated,
    FlagTakesNoValue,
    FlagValueMissing,
    FlagValueUnclosed,
    UnknownFlag,
)
from bot.domain.flags.flag import Flag
from bot.domain.flags.quotes import CLOSING_DOUBLE, OPENING_DOUBLE, match_quoted

_PASSAGE = (
    rf"(?<![^\s(\[{{])[{OPENING_DOUBLE}](?=\S)"
    rf"[^{OPENING_DOUBLE}]*(?<=\S)[{CLOSING_DOUBLE}](?!\w)"
)
"""Words in double quotation marks; an inch mark, as in `a 5" nail`, opens none."""

_DASHES = ("--", "—")
"""What a flag begins with; phones write the second for the first."""

_LANDMARK = re.compile(
    rf"{_PASSAGE}|(?<!\S)(?:{'|'.join(_DASHES)})(?P<name>[^\W\d_][^\s=]*)(?P<equals>=?)\s*"
)

_SWITCHES = {Flag.ENHANCE, Flag.WEB, Flag.PRIVATE, Flag.RAW}
_NAMES = {Flag.MODEL, Flag.STYLE}

_FLAGS_BY_NAME = {name: flag for flag in Flag for name in (flag.option, flag.value)}
"""The option's name is no flag, but it tells which flag was meant."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A prompt without its flags, and the text of each flag's value, empty for a switch."""

    prompt: str
    texts: Mapping[Flag, str]


def scan(text: str) -> Scan:
    """Take the flags out of a prompt; without any it stays as it is.

    Raises:
        FlagError: for the first flag that cannot be understood.
    """
    if not any(dashes in text for dashes in _DASHES):
        return Scan(text, {})
    texts: dict[Flag, str] = {}
    prompt, at = "", 0
    while found := _next_flag(text, at):
        prompt += text[at : found.start()].lstrip()
        flag = _flag_called(found["name"])
        if flag in texts:
            raise FlagRepeated(flag)
        texts[flag], at = _value(text, flag, found, after_prompt=bool(prompt))
    if not texts:
        return Scan(text, texts)
    return Scan((prompt + text[at:].lstrip()).rstrip(), texts)


def _next_flag(text: str, at: int) -> re.Match[str] | None:
    return next((found for found in _LANDMARK.finditer(text, at) if found["name"]), None)


def _flag_called(name: str) -> Flag:
    try:
        return Flag(name.lower())
    except ValueError:
        close = (_FLAGS_BY_NAME[known] for known in nearest(_FLAGS_BY_NAME, name))
        raise UnknownFlag(name, tuple(dict.fromkeys(close))) from None


def _value(text: str, flag: Flag, found: re.Match[str], *, after_prompt: bool) -> tuple[str, int]:
    """The text of a flag's value, and where it ends."""
    if flag in _SWITCHES:
        if found["equals"]:
            raise FlagTakesNoValue(flag)
        return "", found.end()
    value, end = _value_at(text, found.end(), flag, after_prompt=after_prompt)
    if not value:
        raise FlagValueMissing(flag)
    return value, end


def _value_at(text: str, at: int, flag: Flag, *, after_prompt: bool) -> tuple[str, int]:
    if quoted := match_quoted(text, at):
        value, end = quoted
        return value.strip(), end
    following = _next_flag(text, at)
    end = following.start() if following else len(text)
    if flag is not Flag.NO and text.startswith(tuple(OPENING_DOUBLE), at):
        raise FlagValueUnclosed(flag, text[at:end].rstrip())
    words = text[at:end].split()
    if flag is Flag.NO or (flag in _NAMES and after_prompt):
        return " ".join(words), end
    word = words[0] if words else ""
    return word, at + len(word)
