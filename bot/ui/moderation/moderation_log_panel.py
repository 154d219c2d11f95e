"""The messages of the audit log."""

import io
from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.library.browsing import number_target
from bot.domain.moderation.audit import LoggedAct
from bot.services.moderation.audit_reader import LogPage, LogTable
from bot.text.moderation import log as text
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_RULES, ICON_TABLE

LOG_BACK = "log_back"
LOG_ONWARDS = "log_onwards"
LOG_TABLE = "log_table"

TABLE_FILE = "gondola-log.csv"


def log_panel(page: LogPage, words: Words) -> discord.ui.LayoutView:
    """A page of the log, with buttons to the others and for all of it as a table."""
    parts: list[str | discord.ui.Item[Any]] = [
        f"{ICON_RULES} {text.log_heading(page.query, words)}",
        text.log_lines(page.acts, words),
    ]
    if page.number > 0 or page.has_next:
        back = number_target(page.id, page.number - 1) if page.number > 0 else None
        onwards = number_target(page.id, page.number + 1) if page.has_next else None
        parts.append(pager(words, back=(LOG_BACK, back), onwards=(LOG_ONWARDS, onwards)))
    if page.acts:
        look = ButtonLook(label=text.as_table(words), emoji=ICON_TABLE)
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(
            ActionButton(LOG_TABLE, page.id, look)
        )
        parts.append(row)
    return panel(*parts, colour=CANAL)


def told_panel(acts: Sequence[LoggedAct], words: Words) -> discord.ui.LayoutView:
    """Entries in the log channel."""
    heading = f"{ICON_RULES} **{text.told_heading(words)}**"
    return panel(heading, text.log_lines(acts, words), colour=CANAL)


def log_table_panel(table: LogTable, words: Words) -> discord.ui.LayoutView:
    """The message that hands out the log as a table."""
    file: discord.ui.File[discord.ui.LayoutView] = discord.ui.File(f"attachment://{TABLE_FILE}")
    lines = text.table_lines(table.count, words, is_whole=table.is_whole)
    return panel(lines, file, colour=CANAL)


def log_table_file(table: LogTable) -> discord.File:
    """The table itself."""
    return discord.File(io.BytesIO(table.content), TABLE_FILE)
