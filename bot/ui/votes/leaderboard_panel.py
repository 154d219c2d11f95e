"""The message of `/style leaderboard`: a chart, the same in words, and buttons for the others."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord

from bot.domain.chart import BarChart, Series
from bot.domain.styles.leaderboard import Board, BoardQuery, BoardTopic, board_target, score_of
from bot.domain.voting.span import Span
from bot.text.votes import leaderboards as text
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_LEADERBOARD, ICON_NOTE

BOARD_TOPIC = "board_topic"
BOARD_SPAN = "board_span"
BOARD_BACK = "board_back"
BOARD_ONWARDS = "board_onwards"
"""Kinds of their own, because no two buttons of a message may have the same id."""

_MAX_ALT_TEXT = 1_024
"""Characters of a picture's description (Discord's limit)."""


def leaderboard_panel(board: Board, words: Words) -> discord.ui.LayoutView:
    """A page of a leaderboard; its chart is uploaded beside it as `board_file` says."""
    query = board.query
    is_of_all_time = query.topic is BoardTopic.BATTLES
    span = text.span_label(Span.ALL if is_of_all_time else query.span, words)
    heading = f"**{text.title(query.topic, words)}** · {span}"
    return panel(
        f"{ICON_LEADERBOARD} {heading}",
        *_entries(board, words),
        _topics(query, words),
        *([] if is_of_all_time else [_spans(query, words)]),
        *_pages(board, words),
        colour=CANAL,
    )


def leaderboard_chart(board: Board, thumbnails: tuple[Path | None, ...], words: Words) -> BarChart:
    """The entries of a page by their scores, each beside its thumbnail where it has one."""
    query = board.query
    scores = tuple(score_of(entry) for entry in board.entries)
    return BarChart(
        title=text.title(query.topic, words),
        subtitle=text.subtitle(query, words),
        names=tuple(text.chart_name(board, position) for position in range(len(board.entries))),
        totals=tuple(text.share(entry, words) for entry in board.entries),
        series=(Series(text.tab(query.topic, words), scores),),
        value_marks=text.scale_marks(words),
        pictures=thumbnails,
    )


def board_file(picture: bytes, query: BoardQuery) -> discord.File:
    """A chart as an upload."""
    return discord.File(io.BytesIO(picture), filename=_file_name(query))


def _entries(board: Board, words: Words) -> list[str | discord.ui.Item[Any]]:
    if not board.entries:
        return [f"{ICON_NOTE} {text.nothing_ranked(board.query.topic, words)}"]
    described = text.alt_text(board, words)[:_MAX_ALT_TEXT]
    chart = discord.MediaGalleryItem(
        f"attachment://{_file_name(board.query)}", description=described
    )
    return [
        discord.ui.MediaGallery(chart),
        text.lines(board, words),
        small([text.how_ranked(board.query.topic, words)]),
    ]


def _topics(query: BoardQuery, words: Words) -> discord.ui.ActionRow[Any]:
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    for topic in BoardTopic:
        look = _look(text.tab(topic, words), chosen=topic is query.topic)
        target = board_target(replace(query, topic=topic, number=0))
        row.add_item(ActionButton(BOARD_TOPIC, target, look))
    return row


def _spans(query: BoardQuery, words: Words) -> discord.ui.ActionRow[Any]:
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    for span in Span:
        look = _look(text.span_label(span, words), chosen=span is query.span)
        target = board_target(replace(query, span=span, number=0))
        row.add_item(ActionButton(BOARD_SPAN, target, look))
    return row


def _pages(board: Board, words: Words) -> list[str | discord.ui.Item[Any]]:
    number = board.query.number
    if number == 0 and not board.has_next:
        return []
    back = board_target(replace(board.query, number=number - 1)) if number > 0 else None
    onwards = board_target(replace(board.query, number=number + 1)) if board.has_next else None
    return [pager(words, back=(BOARD_BACK, back), onwards=(BOARD_ONWARDS, onwards))]


def _look(label: str, *, chosen: bool) -> ButtonLook:
    style = discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary
    return ButtonLook(label=label, style=style, disabled=chosen)


def _file_name(query: BoardQuery) -> str:
    return f"gondola-{board_target(query)}.png"
