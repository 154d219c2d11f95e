"""The messages of the checks on votes."""

from typing import Any

import discord

from bot.domain.voting.explanation import StyleExplanation
from bot.domain.voting.holding import HoldNotice
from bot.domain.voting.vote import MemberVotes
from bot.text.votes import vote_checks as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, remark, small
from bot.ui.parts.style import (
    BRICK,
    CANAL,
    ICON_DELETE,
    ICON_LEADERBOARD,
    ICON_NOTE,
    ICON_REPORT,
    ICON_SAVED,
    LANTERN,
)

HOLD_COUNT = "hold_count"
HOLD_DROP = "hold_drop"
WITHDRAW_VOTES = "withdraw_votes"


def explanation_panel(explanation: StyleExplanation, words: Words) -> discord.ui.LayoutView:
    """How the votes for a style came to what they come to."""
    lines = "\n".join(f"- {line}" for line in text.explanation_lines(explanation, words))
    return panel(
        f"{ICON_LEADERBOARD} **{text.explanation_title(explanation, words)}**\n{lines}",
        small([text.how_it_counts(words)]),
        colour=CANAL,
    )


def hold_panel(notice: HoldNotice, words: Words) -> discord.ui.LayoutView:
    """What was voted by whom, and two buttons to decide by."""
    return _question(notice, [text.hold_explained(words)], words)


def hold_reminder_panel(notice: HoldNotice, words: Words) -> discord.ui.LayoutView:
    """The same question once more, and since when it has been open."""
    said = [text.hold_reminder(notice, words), text.hold_explained(words)]
    return _question(notice, said, words)


def decided_panel(notice: HoldNotice, moderator: int, words: Words) -> discord.ui.LayoutView:
    """The same without buttons, once somebody has decided."""
    return panel(
        _told(notice, words),
        f"{ICON_NOTE} {text.decided(notice, moderator, words)}",
        colour=CANAL,
    )


def withdrawal_panel(found: MemberVotes, words: Words) -> discord.ui.LayoutView:
    """How many votes would be taken back, and the button that does it."""
    look = ButtonLook(text.withdraw_button(found, words), ICON_DELETE, discord.ButtonStyle.danger)
    return panel(
        f"{ICON_NOTE} {text.withdrawal_question(found, words)}",
        discord.ui.ActionRow[Any](ActionButton(WITHDRAW_VOTES, f"{found.user_id}", look)),
        colour=LANTERN,
    )


def withdrawn_panel(found: MemberVotes, words: Words) -> discord.ui.LayoutView:
    """What was taken back."""
    return remark(ICON_SAVED, text.withdrawn(found, words), colour=CANAL)


def _told(notice: HoldNotice, words: Words) -> str:
    lines = "\n".join(text.hold_lines(notice, words))
    return f"{ICON_REPORT} **{text.hold_heading(notice, words)}**\n{lines}"


def _question(notice: HoldNotice, said: list[str], words: Words) -> discord.ui.LayoutView:
    count = ButtonLook(text.count_button(words), ICON_SAVED, discord.ButtonStyle.success)
    drop = ButtonLook(text.drop_button(words), ICON_DELETE, discord.ButtonStyle.danger)
    return panel(
        _told(notice, words),
        small(said),
        discord.ui.ActionRow[Any](
            ActionButton(HOLD_COUNT, notice.hold.id, count),
            ActionButton(HOLD_DROP, notice.hold.id, drop),
        ),
        colour=BRICK,
    )
