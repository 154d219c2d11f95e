"""The words for blocked terms that cannot be added: `bot.text.errors.explain` hands them on."""

from functools import singledispatch

from babel.numbers import format_decimal

from bot.domain.terms import (
    PatternWrong,
    TermEmpty,
    TermError,
    TermTooLong,
    TermTooShort,
    TooManyTerms,
)
from bot.text.quoting import as_code
from bot.text.words import Words


@singledispatch
def explain_term_error(error: TermError, words: Words) -> str:
    """Sentences for a moderator; the list is as it was.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_term_error.register
def _(error: TermEmpty, words: Words) -> str:  # noqa: ARG001 - chosen by its type
    return words("A term needs at least two letters or digits.")


@explain_term_error.register
def _(error: TermTooShort, words: Words) -> str:
    return words(
        "{term} is too short: a single letter stands in every prompt.", term=as_code(error.term)
    )


@explain_term_error.register
def _(error: TermTooLong, words: Words) -> str:
    return words(
        "This term has {length} characters; at most {limit} are taken.",
        length=format_decimal(error.length, locale=words.locale),
        limit=error.limit,
    )


@explain_term_error.register
def _(error: PatternWrong, words: Words) -> str:
    return words(
        "The pattern {pattern} cannot be used: {reason}. Patterns are in RE2 syntax.",
        pattern=as_code(error.pattern),
        reason=as_code(error.reason),
    )


@explain_term_error.register
def _(error: TooManyTerms, words: Words) -> str:
    return words(
        "That would make {count} terms; a server has at most {limit}.",
        count=format_decimal(error.count, locale=words.locale),
        limit=format_decimal(error.limit, locale=words.locale),
    )
