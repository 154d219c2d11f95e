"""Suggestions as Discord's choices."""

from collections.abc import Iterable

from discord import app_commands

from bot.services.suggestions import Suggestion
from bot.text.format import money
from bot.text.words import Words

_LONGEST = 100
"""A choice's name and value have at most 100 characters (Discord)."""


def as_choices(suggestions: Iterable[Suggestion], words: Words) -> list[app_commands.Choice[str]]:
    """Choices with their prices, where they have any."""
    return [
        app_commands.Choice(name=_label(suggestion, words), value=suggestion.value[:_LONGEST])
        for suggestion in suggestions
    ]


def _label(suggestion: Suggestion, words: Words) -> str:
    if not suggestion.has_price:
        return suggestion.label[:_LONGEST]
    return f"{suggestion.label} · {money(words, suggestion.price_usd_micros)}"[:_LONGEST]
