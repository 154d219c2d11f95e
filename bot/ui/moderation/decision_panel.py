"""The message by which a member is told that a picture of theirs is not shown."""

from typing import Any

import discord

from bot.domain.moderation.review import ReviewCase
from bot.text.moderation import reviews as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import ICON_APPEAL, ICON_NOTE, LANTERN

APPEAL = "appeal"


def decision_panel(
    case: ReviewCase, words: Words, *, can_be_appealed: bool
) -> discord.ui.LayoutView:
    """What was decided and why, that it is refunded, and the way to an appeal."""
    first, *others = text.told_member(case, words, can_be_appealed=can_be_appealed)
    lines = "\n".join([f"{ICON_NOTE} {first}", *others])
    if not can_be_appealed:
        return panel(lines, colour=LANTERN)
    look = ButtonLook(text.appeal_button(words), ICON_APPEAL)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(ActionButton(APPEAL, case.image_id, look))
    return panel(lines, row, colour=LANTERN)
