"""The words for braces that cannot be expanded: `bot.text.errors.explain` hands them on."""

from functools import singledispatch

from babel.numbers import format_decimal

from bot.domain.asking.permutations import (
    BracesNested,
    BraceUnbalanced,
    PermutationError,
    TooManyImages,
)
from bot.text.quoting import as_code
from bot.text.words import Words

_COUNTABLE = 1_000_000
"""Beyond this nobody wants to read the number, which may have hundreds of digits."""


@singledispatch
def explain_permutation_error(error: PermutationError, words: Words) -> str:
    """One to three sentences for a member.

    Raises:
        NotImplementedError: for an error that has no words; a test keeps that from happening.
    """
    raise NotImplementedError(type(error).__name__)


@explain_permutation_error.register
def _(error: TooManyImages, words: Words) -> str:
    if error.count > _COUNTABLE:
        return words(
            "The braces in the prompt make more than {count} images. "
            "One request makes at most {limit}.",
            count=format_decimal(_COUNTABLE, locale=words.locale),
            limit=error.limit,
        )
    return words(
        "The braces in the prompt make {count} images. One request makes at most {limit}.",
        count=format_decimal(error.count, locale=words.locale),
        limit=error.limit,
    )


@explain_permutation_error.register
def _(error: BracesNested, words: Words) -> str:
    return words(
        "Braces cannot stand inside braces: character {position}, at {excerpt}. "
        "A brace that is part of the prompt is written `\\{{`.",
        position=error.position,
        excerpt=as_code(error.excerpt),
    )


@explain_permutation_error.register
def _(error: BraceUnbalanced, words: Words) -> str:
    return words(
        "A brace has no partner: character {position}, at {excerpt}. "
        "A brace that is part of the prompt is written `\\{{` or `\\}}`.",
        position=error.position,
        excerpt=as_code(error.excerpt),
    )
