"""The messages of `/style` about a server's own styles."""

import io
from collections.abc import Sequence

import discord

from bot.domain.styles.server_style import StyleEntry
from bot.text.votes import styles as text
from bot.text.words import Words
from bot.ui.parts.panel import MAX_TEXT, panel
from bot.ui.parts.style import CANAL, ICON_NOTE, ICON_STYLES

FILE_NAME = "styles.json"

_ROOM = MAX_TEXT - 200
"""For the list; the heading takes the rest."""


def style_list_panel(entries: Sequence[StyleEntry], words: Words) -> discord.ui.LayoutView:
    """All of a server's styles, as far as one message holds them."""
    if not entries:
        return panel(f"{ICON_NOTE} {text.no_styles(words)}", colour=CANAL)
    blocks: list[str] = []
    room = _ROOM
    for entry in entries:
        block = text.style_lines(entry, words)
        room -= len(block) + 2
        if room < 0:
            blocks.append("…")
            break
        blocks.append(block)
    heading = f"{ICON_STYLES} **{text.styles_heading(len(entries), words)}**"
    return panel(heading, "\n\n".join(blocks), colour=CANAL)


def style_file(content: bytes) -> discord.File:
    """The file of an export."""
    return discord.File(io.BytesIO(content), filename=FILE_NAME)
