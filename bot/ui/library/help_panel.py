"""The message of `/help`."""

from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.services.library.help import Overview
from bot.text.library import help as text
from bot.text.quotas.quota import cap_lines
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.availability import is_guest
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_HELP, ICON_MODELS, ICON_NOTE, ICON_QUOTA, ICON_SURPRISE

SURPRISE = "surprise"
SHOW_MODELS = "show_models"
HERE = "here"
"""The target of a button that is about nothing but where it stands."""

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


def help_panel(
    overview: Overview, available: Iterable[AnyCommand], words: Words
) -> discord.ui.LayoutView:
    """What there is, what is left, and which commands the member can use here."""
    found = [*available]
    lines = [*_lines(found, words)]
    menus = [menu.name for menu in found if isinstance(menu, app_commands.ContextMenu)]
    if menus:
        lines.append(text.menus_line(menus, words))
    return panel(
        f"{ICON_HELP} {text.greeting(overview.models, overview.styles, words)}\n"
        f"{text.prompt_hint(words)}",
        f"{ICON_QUOTA} {cap_lines(overview.quota, words)}\n"
        f"{ICON_NOTE} {text.safe_mode_line(on=overview.safe_mode, words=words)}",
        f"**{text.commands_heading(words)}**\n" + "\n".join(lines),
        _buttons(words),
        colour=CANAL,
    )


def available_commands(
    interaction: discord.Interaction, commands: Iterable[AnyCommand]
) -> list[AnyCommand]:
    """The commands that this member can use in this place, as far as Discord's own rules say."""
    outside = interaction.guild_id is None or is_guest(interaction)
    return [
        command
        for command in commands
        if not (command.guild_only and outside)
        and (
            command.default_permissions is None
            or command.default_permissions <= interaction.permissions
        )
    ]


def _lines(commands: Iterable[AnyCommand], words: Words) -> Iterator[str]:
    """The commands by name; groups with what is in them."""
    for command in sorted(commands, key=lambda each: each.name):
        if isinstance(command, app_commands.Group):
            inside = [each.qualified_name.partition(" ")[2] for each in _inside(command)]
            yield text.group_line(command.name, command.description, inside, words)
        elif isinstance(command, app_commands.Command):
            yield text.command_line(command.name, command.description, words)


def _inside(group: app_commands.Group) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """The commands of a group, and those of the groups in it."""
    for command in group.commands:
        if isinstance(command, app_commands.Group):
            yield from _inside(command)
        else:
            yield command


def _buttons(words: Words) -> discord.ui.ActionRow[Any]:
    surprise = ButtonLook(label=text.surprise_label(words), emoji=ICON_SURPRISE)
    models = ButtonLook(label=text.models_label(words), emoji=ICON_MODELS)
    return discord.ui.ActionRow(
        ActionButton(SURPRISE, HERE, surprise), ActionButton(SHOW_MODELS, HERE, models)
    )
