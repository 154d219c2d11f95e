"""Suggestions as Discord's choices."""

from collections.abc import Iterable

from discord import app_commands

from bot.services.asking.suggestions import StepsRange, Suggestion
from bot.text.asking.models import image_price
from bot.text.asking.options import steps_label
from bot.text.words import Words

_LONGEST = 100
"""A choice's name and value have at most 100 characters (Discord)."""


def as_choices(suggestions: Iterable[Suggestion], words: Words) -> list[app_commands.Choice[str]]:
    """Choices with their prices, where they have any."""
    return [
        app_commands.Choice(name=choice_label(suggestion, words), value=suggestion.value[:_LONGEST])
        for suggestion in suggestions
    ]


def steps_choices(found: StepsRange, typed: object, words: Words) -> list[app_commands.Choice[int]]:
    """What was typed, if it fits; the model's own number; the most it takes."""
    wanted = int(f"{typed}") if f"{typed}".isdecimal() else None
    offered = [wanted, found.default, found.highest]
    return [
        app_commands.Choice(name=_steps_label(steps, found, words), value=steps)
        for steps in dict.fromkeys(offered)
        if steps is not None and 1 <= steps <= found.highest
    ]


def _steps_label(steps: int, found: StepsRange, words: Words) -> str:
    return steps_label(steps, words, default=found.default, highest=found.highest)[:_LONGEST]


def choice_label(suggestion: Suggestion, words: Words) -> str:
    """What a suggestion is called, with its price where it has any."""
    if not suggestion.has_price:
        return suggestion.label[:_LONGEST]
    price = f" · {image_price(suggestion.price_usd_micros, words)}"
    return f"{suggestion.label[: _LONGEST - len(price)]}{price}"
