"""The bars beside `/quota`: a bar for each limit."""

import io
from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.chart import GaugeBar, GaugeChart
from bot.domain.quotas.row import QuotaRow
from bot.text.quotas import quota_chart as text
from bot.text.words import Words

_PICTURE = "gondola-quota.png"
_MAX_ALT_TEXT = 1_024
"""Characters of a picture's description (Discord's limit)."""


def quota_chart(rows: Sequence[QuotaRow], words: Words) -> GaugeChart:
    """The bars of one or more limits.

    When they reset is not in the picture: Discord shows a moment in each reader's own zone.
    """
    return GaugeChart(
        bars=tuple(_bar(row, words) for row in rows),
        used=text.used(words),
        reserved=text.reserved(words),
        left=text.left(words),
    )


def quota_picture(rows: Sequence[QuotaRow], words: Words) -> discord.ui.MediaGallery[Any]:
    """The bars in a message, which `quota_file` is uploaded with."""
    described = text.alt_text(rows, words)[:_MAX_ALT_TEXT]
    item = discord.MediaGalleryItem(f"attachment://{_PICTURE}", description=described)
    return discord.ui.MediaGallery(item)


def quota_file(picture: bytes) -> discord.File:
    """The drawn bars as an upload."""
    return discord.File(io.BytesIO(picture), filename=_PICTURE)


def _bar(row: QuotaRow, words: Words) -> GaugeBar:
    return GaugeBar(
        name=row.label,
        amount=text.amount(row, words),
        note=text.note(row, words),
        used=_used_share(row),
        reserved=min(1.0, row.reserved / row.limit) if row.limit else 0.0,
    )


def _used_share(row: QuotaRow) -> float | None:
    """None without a limit; a limit of nothing is used up."""
    if row.limit is None:
        return None
    return min(1.0, row.used / row.limit) if row.limit > 0 else 1.0
