"""Blocked terms: what a server does not want in prompts, found through disguises."""

from bot.domain.terms.errors import (
    PatternWrong,
    TermEmpty,
    TermError,
    TermTooLong,
    TermTooShort,
    TooManyTerms,
)
from bot.domain.terms.matcher import Disguise, TermFound, TermMatcher
from bot.domain.terms.term import MAX_TERMS, Term, TermKind, check_count, parse_term

__all__ = [
    "MAX_TERMS",
    "Disguise",
    "PatternWrong",
    "Term",
    "TermEmpty",
    "TermError",
    "TermFound",
    "TermKind",
    "TermMatcher",
    "TermTooLong",
    "TermTooShort",
    "TooManyTerms",
    "check_count",
    "parse_term",
]
