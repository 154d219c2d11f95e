"""The message of `/stats usage`: one chart, and buttons for the others."""

import io
from dataclasses import replace
from typing import Any

import discord

from bot.domain.statistics.statistics import (
    Period,
    Statistics,
    StatisticsQuery,
    query_target,
)
from bot.text.statistics import statistics as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_STATS

TOPIC = "stats_topic"
PERIOD = "stats_period"
"""Kinds of their own, because no two buttons of a message may have the same id."""

_MAX_ALT_TEXT = 1_024
"""Characters of a picture's description (Discord's limit)."""


def stats_panel(
    statistics: Statistics, query: StatisticsQuery, words: Words
) -> discord.ui.LayoutView:
    """The chart of the query's topic, which is uploaded beside it as `chart_file_name` says."""
    heading = f"{ICON_STATS} {text.heading(statistics, query.topic, words)}"
    return panel(
        heading,
        *_chart(statistics, query, words),
        _topics(statistics, query, words),
        _periods(query, words),
        colour=CANAL,
    )


def chart_file(picture: bytes, query: StatisticsQuery) -> discord.File:
    """A chart as an upload."""
    return discord.File(io.BytesIO(picture), filename=_file_name(query))


def has_chart(statistics: Statistics) -> bool:
    """Whether there is anything to draw."""
    return any(statistics.images) or any(statistics.usd_micros)


def _chart(
    statistics: Statistics, query: StatisticsQuery, words: Words
) -> list[str | discord.ui.Item[Any]]:
    if not has_chart(statistics):
        return [f"{ICON_NOTE} {text.nothing_counted(words)}"]
    described = text.alt_text(statistics, query.topic, words)[:_MAX_ALT_TEXT]
    picture = discord.MediaGalleryItem(f"attachment://{_file_name(query)}", description=described)
    return [
        discord.ui.MediaGallery(picture),
        small([text.summary(statistics, query.topic, words)]),
    ]


def _topics(
    statistics: Statistics, query: StatisticsQuery, words: Words
) -> discord.ui.ActionRow[Any]:
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    for topic in statistics.topics:
        look = _look(text.tab(topic, words), chosen=topic is query.topic)
        row.add_item(ActionButton(TOPIC, query_target(replace(query, topic=topic)), look))
    return row


def _periods(query: StatisticsQuery, words: Words) -> discord.ui.ActionRow[Any]:
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    for period in Period:
        look = _look(text.period(period, words), chosen=period is query.period)
        row.add_item(ActionButton(PERIOD, query_target(replace(query, period=period)), look))
    return row


def _look(label: str, *, chosen: bool) -> ButtonLook:
    style = discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary
    return ButtonLook(label=label, style=style, disabled=chosen)


def _file_name(query: StatisticsQuery) -> str:
    return f"gondola-{query_target(query)}.png"
