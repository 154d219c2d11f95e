"""The options that a picture is asked for by: declared once, for every command that has them."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from discord import app_commands

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST
from bot.domain.flags import HIGHEST_GUIDANCE, HIGHEST_LORA_STRENGTH
from bot.text import commands as text
from bot.ui.asking import option_choices

Prompt = app_commands.Range[str, 1, BOT_PROMPT_LIMIT]
Images = app_commands.Range[int, 1, MAX_IMAGES_PER_REQUEST]
Steps = app_commands.Range[int, 1]
Guidance = app_commands.Range[float, 0.0, HIGHEST_GUIDANCE]
LoraStrength = app_commands.Range[int, 0, HIGHEST_LORA_STRENGTH]

_TEXTS = {
    "model": text.OPTION_MODEL,
    "style": text.OPTION_STYLE,
    "reference": text.OPTION_REFERENCE,
    "aspect": text.OPTION_ASPECT,
    "size": text.OPTION_SIZE,
    "quality": text.OPTION_QUALITY,
    "negative": text.OPTION_NEGATIVE,
    "seed": text.OPTION_SEED,
    "images": text.OPTION_IMAGES,
    "steps": text.OPTION_STEPS,
    "guidance": text.OPTION_GUIDANCE,
    "lora_strength": text.OPTION_LORA_STRENGTH,
    "format": text.OPTION_FORMAT,
    "enhance": text.OPTION_ENHANCE,
    "web_search": text.OPTION_WEB_SEARCH,
    "private": text.OPTION_PRIVATE,
}

_CHOICES: dict[str, Callable[..., Any]] = {
    "model": option_choices.models,
    "style": option_choices.styles,
    "aspect": option_choices.aspects,
    "size": option_choices.sizes,
    "quality": option_choices.qualities,
    "steps": option_choices.steps,
}

_Callback = TypeVar("_Callback", bound=Callable[..., Any])


def image_options(**others: str) -> Callable[[_Callback], _Callback]:
    """Describe a command's options, and offer values for those that have any.

    Args:
        others: descriptions of the options that are the command's own, by name.
    """

    def declare(callback: _Callback) -> _Callback:
        names = inspect.signature(callback).parameters
        texts = {name: said for name, said in _TEXTS.items() if name in names}
        choices = {name: offer for name, offer in _CHOICES.items() if name in names}
        described = app_commands.describe(**texts, **others)(callback)
        return app_commands.autocomplete(**choices)(described)

    return declare
