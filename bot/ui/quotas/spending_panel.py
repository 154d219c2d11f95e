"""The message of the report on spending: a chart, the members by name, and the file."""

import io
from collections.abc import Iterator
from typing import Any

import discord

from bot.domain.chart import BarChart
from bot.domain.money import UsdMicros
from bot.domain.statistics.statistics import Spending
from bot.services.quotas.spending_report import SpendingReport, csv_of
from bot.text.quotas import spending as text
from bot.text.words import Words
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_STATS
from bot.ui.quotas.spending_chart import member_rows, row_name

_PICTURE = "gondola-spending.png"
_TABLE = "gondola-spending.csv"
_MAX_ALT_TEXT = 1_024
"""Characters of a picture's description (Discord's limit)."""


def spending_panel(
    report: SpendingReport, chart: BarChart | None, words: Words
) -> discord.ui.LayoutView:
    """The report with what `spending_files` uploads beside it; `chart` is None for an empty one."""
    days = text.subtitle(report.start, report.end, words)
    heading = f"{ICON_STATS} **{text.title(words)}**\n-# {days}"
    if chart is None:
        return panel(heading, f"{ICON_NOTE} {text.nothing_spent(words)}", colour=CANAL)
    totals = list(zip(chart.names, chart.totals, strict=True))
    described = text.alt_text(chart.subtitle, totals, words)[:_MAX_ALT_TEXT]
    picture = discord.MediaGalleryItem(f"attachment://{_PICTURE}", description=described)
    table: discord.ui.File[Any] = discord.ui.File(f"attachment://{_TABLE}")
    return panel(
        heading,
        discord.ui.MediaGallery(picture),
        "\n".join(_lines(report, words)),
        table,
        colour=CANAL,
    )


def spending_files(report: SpendingReport, picture: bytes) -> list[discord.File]:
    """The chart and the table as uploads."""
    return [
        discord.File(io.BytesIO(picture), filename=_PICTURE),
        discord.File(io.BytesIO(csv_of(report)), filename=_TABLE),
    ]


def _lines(report: SpendingReport, words: Words) -> Iterator[str]:
    for row in member_rows(report):
        images, paid = _sums(row)
        yield f"{_mention(row, words)} · {text.spent(images, paid, words)}"
    yield small([text.in_all(report.images, report.usd_micros, words)])


def _mention(row: tuple[Spending, ...], words: Words) -> str:
    """Mentions show a name; messages of the bot mention nobody."""
    [first, *_] = row
    of_one = first.user_id is not None and all(line.user_id == first.user_id for line in row)
    return f"<@{first.user_id}>" if of_one else row_name(row, {}, words)


def _sums(row: tuple[Spending, ...]) -> tuple[int, UsdMicros]:
    images = sum(line.images for line in row)
    return images, UsdMicros(sum(line.usd_micros for line in row))
