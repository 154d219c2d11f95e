"""The button of a refusal that tells a member what the rules come to for them."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.gate.rule import Rule
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.style import ICON_WHY

WHY = "why"


def why_row(rules: Sequence[Rule], words: Words) -> discord.ui.ActionRow[Any]:
    """The button; it carries the rule that is told first."""
    look = ButtonLook(label=words("Why?"), emoji=ICON_WHY)
    return discord.ui.ActionRow(ActionButton(WHY, rules[0], look))
