"""Regular expressions by RE2, which takes time in proportion to the text, whatever the pattern."""

import functools
from typing import Protocol, cast

import re2

from bot.domain.terms.errors import PatternWrong

_MEMORY_BYTES = 8 * 1024 * 1024
_MEMORY_OF_MANY_BYTES = 128 * 1024 * 1024
"""Ten thousand terms in one automaton."""


class Match(Protocol):
    """Where a pattern was found."""

    def group(self) -> str:
        """The text that matched."""


class Pattern(Protocol):
    """A compiled pattern."""

    def search(self, text: str) -> Match | None:
        """The first place where it matches."""

    def findall(self, text: str) -> list[str]:
        """Every text that matches, from left to right."""


@functools.lru_cache(maxsize=4_096)
def compile_pattern(text: str) -> Pattern:
    """A pattern that heeds no case.

    Raises:
        PatternWrong: if it does not compile.
    """
    options = _options(_MEMORY_BYTES)
    options.case_sensitive = False
    try:
        return cast("Pattern", re2.compile(text, options))
    except re2.error as error:
        raise PatternWrong(text, _reason(error)) from None


def compile_many(text: str) -> Pattern:
    """The bot's own large pattern over folded texts."""
    return cast("Pattern", re2.compile(text, _options(_MEMORY_OF_MANY_BYTES)))


def escaped(text: str) -> str:
    """A pattern that matches the text alone."""
    return str(re2.escape(text))


def _options(memory_bytes: int) -> re2.Options:
    options = re2.Options()
    options.max_mem = memory_bytes
    options.log_errors = False
    return options


def _reason(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
