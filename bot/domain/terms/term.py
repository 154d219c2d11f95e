"""A term that a server does not want in prompts."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.terms.errors import (
    PatternWrong,
    TermEmpty,
    TermTooLong,
    TermTooShort,
    TooManyTerms,
)
from bot.domain.terms.folding import fold, without_halves
from bot.domain.terms.patterns import compile_pattern
from bot.domain.terms.readings import pieces

MAX_TERM_LENGTH = 100
MAX_PATTERN_LENGTH = 200
MAX_TERMS = 10_000
"""Of one server."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""


class TermKind(StrEnum):
    """How a term is written."""

    WORD = "word"
    PATTERN = "pattern"


class Reach(StrEnum):
    """Where in a word a term stands."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase or a pattern, as it was written.

    Attributes:
        text: `word`, `two words`, `begin*`, `*inside*`, or a pattern without its slashes.
        kind: which of these.
        language: for the list's order alone; a prompt may be in any language.
    """

    text: str
    kind: TermKind = TermKind.WORD
    language: str | None = None

    @property
    def as_typed(self) -> str:
        """The term as a moderator types it: patterns between slashes."""
        return f"/{self.text}/" if self.kind is TermKind.PATTERN else self.text

    @property
    def words(self) -> tuple[str, ...]:
        """The term's words as they are looked up."""
        return tuple(pieces(fold(self.text)))

    @property
    def reach(self) -> Reach:
        """Where in a word it stands: stars say so, and scripts without blanks have no words."""
        if _UNSPACED.search(self.text) or self.text.startswith("*"):
            return Reach.ANYWHERE
        return Reach.BEGINNING if self.text.endswith("*") else Reach.WHOLE


def parse_term(text: str, *, language: str | None = None) -> Term:
    """A term as a moderator typed it; `/…/` is a pattern in the syntax of RE2.

    Raises:
        TermEmpty: if there is no letter in it.
        TermTooShort: if it is a single letter: it would be found everywhere.
        TermTooLong: if it has more than 100 characters, or 200 as a pattern.
        PatternWrong: if the pattern does not compile, or matches any text.
    """
    stripped = " ".join(without_halves(text).split())
    if len(stripped) > 1 and stripped.startswith("/") and stripped.endswith("/"):
        return _pattern(stripped[1:-1], language)
    if len(stripped) > MAX_TERM_LENGTH:
        raise TermTooLong(len(stripped), MAX_TERM_LENGTH)
    term = Term(stripped, TermKind.WORD, language)
    letters = "".join(term.words)
    if not letters:
        raise TermEmpty
    if len(letters) == 1 and not _UNSPACED.search(letters):
        raise TermTooShort(stripped)
    return term


def check_count(count: int) -> None:
    """Refuse a list that is too long.

    Raises:
        TooManyTerms: if a server would have more than 10,000.
    """
    if count > MAX_TERMS:
        raise TooManyTerms(count, MAX_TERMS)


def _pattern(text: str, language: str | None) -> Term:
    if not text.strip():
        raise TermEmpty
    if len(text) > MAX_PATTERN_LENGTH:
        raise TermTooLong(len(text), MAX_PATTERN_LENGTH)
    if compile_pattern(text).search("") is not None:
        raise PatternWrong(text, "it matches every text")
    return Term(text, TermKind.PATTERN, language)
