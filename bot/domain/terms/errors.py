"""What can be wrong with a term that a moderator adds.

TermError
├── TermEmpty           there is nothing to look for
├── TermTooShort        a single letter stands in every prompt
├── TermTooLong         it has more characters than a term may have
├── PatternWrong        the pattern does not compile, or matches any text
└── TooManyTerms        the list would be longer than a server's may be
"""

from dataclasses import dataclass

from bot.domain.errors import KeepingError


class TermError(KeepingError):
    """A term that cannot be added; the list stays as it was."""


class TermEmpty(TermError):
    """No letter and no digit."""


@dataclass(eq=False)
class TermTooShort(TermError):
    """A term of one letter."""

    term: str


@dataclass(eq=False)
class TermTooLong(TermError):
    """Its length, and the most there may be, in characters."""

    length: int
    limit: int


@dataclass(eq=False)
class PatternWrong(TermError):
    """A pattern, and what the engine has against it, in its own English words."""

    pattern: str
    reason: str


@dataclass(eq=False)
class TooManyTerms(TermError):
    """How many terms there would be, and the most there may be."""

    count: int
    limit: int
