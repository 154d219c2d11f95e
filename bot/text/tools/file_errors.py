"""The words for errors about files."""

from bot.domain.errors import OriginalTooLarge
from bot.text.format import megabytes
from bot.text.words import Words


def explain_original_too_large(error: OriginalTooLarge, words: Words) -> str:
    """By how much a picture is too large, and where it would not be."""
    return words(
        "The original has {size}, which is {excess} more than Discord takes here. "
        "In a server with more boosts it may fit.",
        size=megabytes(words, error.size_bytes),
        excess=megabytes(words, error.size_bytes - error.limit_bytes),
    )
