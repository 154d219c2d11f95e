"""The message of `/help`."""

from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.services.help import Overview
from bot.text import help as text
from bot.text.quota import quota_lines
from bot.text.words import Words
from bot.ui.actions import ActionButton, ButtonLook
from bot.ui.panel import panel
from bot.ui.style import CANAL, ICON_HELP, ICON_MODELS, ICON_NOTE, ICON_QUOTA, ICON_SURPRISE

SURPRISE = "surprise"
SHOW_MODELS = "show_models"
HERE = "here"
"""The target of a button that is about nothing but where it stands."""

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


def help_panel(
    overview: Overview, available: Iterable[AnyCommand], words: Words
) -> discord.ui.LayoutView:
    """What there is, what is left, and which commands the member can use here."""
    lines = [
        text.command_line(command.qualified_name, command.description, words)
        for command in sorted(_spelled_out(available), key=lambda each: each.qualified_name)
    ]
    return panel(
        f"{ICON_HELP} {text.greeting(overview.models, overview.styles, words)}",
        f"{ICON_QUOTA} {quota_lines(overview.quota, words)}\n"
        f"{ICON_NOTE} {text.safe_mode_line(on=overview.safe_mode, words=words)}",
        f"**{text.commands_heading(words)}**\n" + "\n".join(lines),
        _buttons(words),
        colour=CANAL,
    )


def available_commands(
    interaction: discord.Interaction, commands: Iterable[AnyCommand]
) -> list[AnyCommand]:
    """The commands that this member can use in this place, as far as Discord's own rules say."""
    return [
        command
        for command in commands
        if not (command.guild_only and interaction.guild_id is None)
        and (
            command.default_permissions is None
            or command.default_permissions <= interaction.permissions
        )
    ]


def _spelled_out(commands: Iterable[AnyCommand]) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """Commands with those inside groups instead of the groups; what has no description is left."""
    for command in commands:
        if isinstance(command, app_commands.Group):
            yield from _spelled_out(command.commands)
        elif isinstance(command, app_commands.Command):
            yield command


def _buttons(words: Words) -> discord.ui.ActionRow[Any]:
    surprise = ButtonLook(label=text.surprise_label(words), emoji=ICON_SURPRISE)
    models = ButtonLook(label=text.models_label(words), emoji=ICON_MODELS)
    return discord.ui.ActionRow(
        ActionButton(SURPRISE, HERE, surprise), ActionButton(SHOW_MODELS, HERE, models)
    )
