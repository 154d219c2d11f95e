"""The buttons by which moderators decide on a reported picture.

A kind says where its button stands: under the post about a report, or in the list of open ones.
"""

from typing import Any

import discord

from bot.domain.ids import ImageId
from bot.domain.moderation.report_case import Verdict
from bot.text.moderation.reports import verdict_button
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.style import ICON_DELETE, ICON_RESTORE, ICON_RULES

POST = "report"
LIST = "cases"

_ICONS = {
    Verdict.RESTORE: ICON_RESTORE,
    Verdict.REMOVE: ICON_DELETE,
    Verdict.STRIKE: ICON_RULES,
}


def verdict_kind(verdict: Verdict, place: str) -> str:
    """The kind of a verdict's button in one of the two places."""
    return f"{place}_{verdict}"


def verdict_row(
    image_id: ImageId, place: str, words: Words, *, hidden: bool
) -> discord.ui.ActionRow[Any]:
    """A button for each verdict."""
    return discord.ui.ActionRow(
        *(
            ActionButton(
                verdict_kind(verdict, place),
                image_id,
                ButtonLook(
                    verdict_button(verdict, words, hidden=hidden), _ICONS[verdict], _style(verdict)
                ),
            )
            for verdict in Verdict
        )
    )


def _style(verdict: Verdict) -> discord.ButtonStyle:
    if verdict is Verdict.RESTORE:
        return discord.ButtonStyle.success
    return discord.ButtonStyle.danger
