"""The messages of `/preset` and `/defaults`."""

from collections.abc import Sequence

import discord

from bot.domain.preferences.defaults import DefaultsScope
from bot.domain.preferences.preset import Preset
from bot.services.preferences.defaults import DefaultsHere
from bot.text.library import preferences as text
from bot.text.words import Words
from bot.ui.parts.panel import MAX_TEXT, panel, small
from bot.ui.parts.style import CANAL, ICON_SAVED


def preset_saved_panel(preset: Preset, words: Words, *, replaced: bool) -> discord.ui.LayoutView:
    """That a preset was saved."""
    return panel(
        f"{ICON_SAVED} {text.preset_saved(preset, replaced=replaced, words=words)}",
        text.preset_lines([preset], words),
        colour=CANAL,
    )


def preset_deleted_panel(name: str, words: Words) -> discord.ui.LayoutView:
    """That a preset was deleted."""
    return panel(f"{ICON_SAVED} {text.preset_deleted(name, words)}", colour=CANAL)


def presets_panel(presets: Sequence[Preset], words: Words) -> discord.ui.LayoutView:
    """All of a member's presets, as far as one message holds them."""
    lines = text.preset_lines(presets, words)
    if len(lines) > MAX_TEXT:
        lines = lines[: MAX_TEXT - 1].rsplit("\n", maxsplit=1)[0]
        lines = f"{lines}\n…"
    return panel(lines, colour=CANAL)


def defaults_panel(here: DefaultsHere, words: Words, *, in_server: bool) -> discord.ui.LayoutView:
    """Every layer of defaults, and what they come to."""
    layers = [(DefaultsScope.MEMBER, here.member)]
    if in_server:
        layers += [(DefaultsScope.CHANNEL, here.channel), (DefaultsScope.SERVER, here.server)]
    lines = [text.defaults_line(scope, defaults, words) for scope, defaults in layers]
    return panel(
        "\n".join(f"{ICON_SAVED} {line}" for line in lines),
        text.effective_line(here.effective, words),
        small([text.defaults_order(words)]),
        colour=CANAL,
    )
