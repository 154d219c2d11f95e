"""The row of buttons under a page."""

from typing import Any

import discord

from bot.text.library.library import next_page, previous_page
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.style import ICON_BACK, ICON_NEXT

NOWHERE = "none"
"""The target of a button that cannot be pressed."""


def pager(
    words: Words, *, back: tuple[str, str | None], onwards: tuple[str, str | None]
) -> discord.ui.ActionRow[Any]:
    """A button each way: its kind and its target; one without a target cannot be pressed.

    The two are of different kinds, because no two buttons of a message may have the same id.
    """
    return discord.ui.ActionRow(
        _button(*back, label=previous_page(words), emoji=ICON_BACK),
        _button(*onwards, label=next_page(words), emoji=ICON_NEXT),
    )


def _button(kind: str, target: str | None, *, label: str, emoji: str) -> ActionButton:
    look = ButtonLook(label=label, emoji=emoji, disabled=target is None)
    return ActionButton(kind, target or NOWHERE, look)
