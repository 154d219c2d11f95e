"""The messages of strikes and blocks."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.conduct.bars import Block
from bot.domain.conduct.strikes import GivenStrike, Record
from bot.text.moderation import people as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_RULES, LANTERN

WITHDRAW_STRIKE = "withdraw_strike"
_MOST_IN_A_ROW = 5


def record_panel(record: Record, words: Words) -> discord.ui.LayoutView:
    """A member's strikes, each with a button that withdraws it."""
    shown = record.strikes[: text.STRIKES_SHOWN]
    lines = [text.strike_line(number, each, words) for number, each in enumerate(shown, start=1)]
    if more := len(record.strikes) - len(shown):
        lines.append(text.more_strikes(more, words))
    parts: list[str | discord.ui.Item[Any]] = [
        f"{ICON_RULES} {text.record_heading(record, words)}",
        *(["\n".join(lines)] if lines else []),
        *_withdrawals(shown, words),
        f"-# {text.thresholds(record.rules, words)}",
    ]
    return panel(*parts, colour=LANTERN if record.strikes else CANAL)


def blocks_panel(blocks: Sequence[Block], words: Words) -> discord.ui.LayoutView:
    """Who is blocked."""
    return panel(f"{ICON_RULES} {text.block_lines(blocks, words)}", colour=CANAL)


def _withdrawals(strikes: Sequence[GivenStrike], words: Words) -> list[discord.ui.ActionRow[Any]]:
    buttons = [
        ActionButton(WITHDRAW_STRIKE, given.id, ButtonLook(text.withdraw_button(number, words)))
        for number, given in enumerate(strikes, start=1)
    ]
    rows: list[discord.ui.ActionRow[Any]] = [
        discord.ui.ActionRow(*buttons[start : start + _MOST_IN_A_ROW])
        for start in range(0, len(buttons), _MOST_IN_A_ROW)
    ]
    return rows
