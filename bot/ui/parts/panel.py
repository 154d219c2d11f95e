"""The shape of every message: one container with a colour, lines of text, maybe more."""

from collections.abc import Iterable

import discord

MAX_TEXT = 4_000
"""Characters over a whole Components V2 message (Discord's limit)."""

NO_MENTIONS = discord.AllowedMentions.none()


def panel(
    *parts: str | discord.ui.Item[discord.ui.LayoutView], colour: discord.Colour
) -> discord.ui.LayoutView:
    """A message of the given parts, in order: texts, galleries, rows of buttons."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        accent_colour=colour
    )
    for part in parts:
        container.add_item(discord.ui.TextDisplay(part) if isinstance(part, str) else part)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def remark(icon: str, sentence: str, *, colour: discord.Colour) -> discord.ui.LayoutView:
    """A message of one sentence behind an icon."""
    return panel(f"{icon} {sentence}", colour=colour)


def small(lines: Iterable[str]) -> str:
    """Lines in Discord's small print."""
    return "\n".join(f"-# {line}" for line in lines)


def quoted(text: str, limit: int) -> str:
    """A member's own words: markup shown as typed, shortened, on one line."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= limit else f"{flat[: limit - 1]}…"
    return discord.utils.escape_markdown(short)
