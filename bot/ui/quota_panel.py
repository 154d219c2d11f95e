"""The message of `/quota`."""

from typing import Any

import discord

from bot.domain.quota import QuotaStatus
from bot.domain.quota_row import QuotaRow
from bot.text.quota import quota_lines
from bot.text.quota_chart import bar_label
from bot.text.words import Words
from bot.ui.panel import panel
from bot.ui.quota_chart import quota_picture
from bot.ui.style import CANAL, ICON_QUOTA, LANTERN


def quota_panel(status: QuotaStatus, words: Words) -> discord.ui.LayoutView:
    """What is left, in words and, where there are caps, a picture of their bars."""
    parts: list[str | discord.ui.Item[Any]] = [f"{ICON_QUOTA} {quota_lines(status, words)}"]
    rows = quota_rows(status, words)
    if rows:
        parts.append(quota_picture(rows, words))
    return panel(*parts, colour=LANTERN if status.is_used_up else CANAL)


def quota_rows(status: QuotaStatus, words: Words) -> tuple[QuotaRow, ...]:
    """The caps that have an end. Reservations count as used, as in the status."""
    return tuple(
        QuotaRow(
            label=bar_label(line, words),
            unit=line.unit,
            used=line.used,
            reserved=0,
            limit=line.most,
            resets_at=line.resets_at,
        )
        for line in status.lines
        if isinstance(line.most, int)
    )
