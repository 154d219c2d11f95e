"""The message of `/quota`."""

from typing import Any

import discord

from bot.domain.quotas.quota import QuotaStatus
from bot.domain.quotas.row import QuotaRow
from bot.text.quotas.quota import quota_lines
from bot.text.quotas.quota_chart import bar_label
from bot.text.words import Words
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_QUOTA, LANTERN
from bot.ui.quotas.quota_chart import quota_picture


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
