"""The messages of merging one style into another."""

from typing import Any

import discord

from bot.domain.styles.merging import Merge, merge_target
from bot.services.styles.merging import MergeQuestion
from bot.text.votes import style_merging as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, remark
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_SAVED, LANTERN

STYLE_MERGE = "style_merge"


def merge_question_panel(question: MergeQuestion, words: Words) -> discord.ui.LayoutView:
    """What would be merged, what that concerns, and the button that goes ahead."""
    merge = question.merge
    lines = "\n".join(f"- {line}" for line in text.merge_lines(merge, question.scope, words))
    look = ButtonLook(text.merge_button(merge, words), style=discord.ButtonStyle.danger)
    return panel(
        f"{ICON_NOTE} **{text.merge_question(merge, words)}**\n{lines}",
        discord.ui.ActionRow[Any](ActionButton(STYLE_MERGE, merge_target(merge), look)),
        colour=LANTERN,
    )


def merged_panel(merge: Merge, words: Words) -> discord.ui.LayoutView:
    """That it is done; without a button."""
    return remark(ICON_SAVED, text.merged(merge, words), colour=CANAL)
