"""The message of `/stats styles`: charts, and the same in words."""

import io
from typing import Any

import discord

from bot.domain.chart import BarChart, Chart, Line, LineChart, Series
from bot.domain.insight.style_insight import StyleInsight
from bot.text.insight import style_insight as text
from bot.text.statistics.statistics import time_marks
from bot.text.votes.leaderboards import scale_marks
from bot.text.words import Words
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_STATS

_BARS = "gondola-styles.png"
_TREND = "gondola-styles-over-time.png"
_MAX_ALT_TEXT = 1_024
"""Characters of a picture's description (Discord's limit)."""


def style_insight_panel(insight: StyleInsight, words: Words) -> discord.ui.LayoutView:
    """What is known of the styles; its charts are uploaded beside it by their names."""
    return panel(
        f"{ICON_STATS} {text.heading(insight, words)}", *_found(insight, words), colour=CANAL
    )


def insight_charts(insight: StyleInsight, words: Words) -> dict[str, Chart]:
    """The charts that there are, by the names of their files."""
    if not insight.styles:
        return {}
    bars: dict[str, Chart] = {_BARS: _bars(insight, words)} if insight.has_bars else {}
    return bars | {_TREND: _trend(insight, words)}


def insight_file(name: str, picture: bytes) -> discord.File:
    """A chart as an upload."""
    return discord.File(io.BytesIO(picture), filename=name)


def _found(insight: StyleInsight, words: Words) -> list[str | discord.ui.Item[Any]]:
    if not insight.styles:
        return [f"{ICON_NOTE} {text.too_few(insight, words)}"]
    return [
        discord.ui.MediaGallery(*_gallery(insight, words)),
        *text.table(insight, words),
        small([text.how_counted(words)]),
    ]


def _gallery(insight: StyleInsight, words: Words) -> list[discord.MediaGalleryItem]:
    described = {_TREND: text.trend_alt_text(insight, words)}
    if insight.has_bars:
        described = {_BARS: text.bars_alt_text(insight, words)} | described
    return [
        discord.MediaGalleryItem(f"attachment://{name}", description=said[:_MAX_ALT_TEXT])
        for name, said in described.items()
    ]


def _bars(insight: StyleInsight, words: Words) -> BarChart:
    if insight.query.kind is None:
        told = [best for best in insight.by_kind if best.name is not None]
        rows = [(text.bar_name(best, words), best.tally) for best in told]
    else:
        rows = [(text.short(style.name), style.tally) for style in insight.shown]
    return BarChart(
        title=text.bars_title(insight, words),
        subtitle=text.subtitle(insight, words),
        names=tuple(name for name, _ in rows),
        totals=tuple(text.share(tally, words) for _, tally in rows),
        series=(Series(text.share_axis(words), tuple(tally.score for _, tally in rows)),),
        value_marks=scale_marks(words),
        name_axis=text.bars_axis(insight, words),
        value_axis=text.share_axis(words),
    )


def _trend(insight: StyleInsight, words: Words) -> LineChart:
    return LineChart(
        title=text.trend_title(words),
        subtitle=text.subtitle(insight, words),
        lines=tuple(
            Line(
                text.legend_name(style, words),
                tuple(span.score if span.vote_count else None for span in style.spans),
            )
            for style in insight.lines
        ),
        time_marks=time_marks(insight.timeline, words),
        value_marks=scale_marks(words),
        time_axis=text.time_axis(insight, words),
        value_axis=text.share_axis(words),
    )
