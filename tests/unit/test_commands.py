"""What Discord's picker shows of every command, in every language."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from discord import app_commands
from discord.ext import commands

import cogs
from bot.client import EXTENSIONS
from bot.text import commands as command_texts
from bot.text.words import languages, texts_by_language
from tests.unit.sentences import SENTENCES

MOST_IN_A_DESCRIPTION = 100
MOST_IN_A_NAME = 32
MENUS = [text for name, text in vars(command_texts).items() if name.startswith("MENU_")]
MOST_IN_A_COMMAND = 8_000
NOT_DESCRIBED = "…"
"""What discord.py puts where a command or an option has no description."""

AnyCommand = app_commands.Command[commands.Cog, ..., object] | app_commands.Group


def modules_of_cogs() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(cogs.__path__, "cogs.")]


def top_level_commands() -> Iterator[AnyCommand]:
    for name in modules_of_cogs():
        for _, cog in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(cog, commands.Cog) and cog.__module__.startswith(name):
                yield from cog.__cog_app_commands__


def subgroups() -> Iterator[app_commands.Group]:
    """Groups that a module of cogs adds to the command of another one."""
    for name in modules_of_cogs():
        for _, group in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(group, app_commands.Group) and group.__module__.startswith(name):
                without_services: Any = dict.fromkeys(inspect.signature(group).parameters)
                yield group(**without_services)


def with_subcommands(command: AnyCommand) -> Iterator[AnyCommand]:
    yield command
    if isinstance(command, app_commands.Group):
        for subcommand in command.commands:
            yield from with_subcommands(subcommand)


def options_of(command: AnyCommand) -> list[app_commands.Parameter]:
    return [] if isinstance(command, app_commands.Group) else command.parameters


TEXTS = {said.text for said in SENTENCES}
TOP_LEVEL = list(top_level_commands())
SUBGROUPS = list(subgroups())
COMMANDS = [command for top in (*TOP_LEVEL, *SUBGROUPS) for command in with_subcommands(top)]
DESCRIPTIONS = {
    **{f"/{command.qualified_name}": command.description for command in COMMANDS},
    **{
        f"/{command.qualified_name} {option.name}": option.description
        for command in COMMANDS
        for option in options_of(command)
    },
}
described = pytest.mark.parametrize(
    "description", [pytest.param(text, id=name) for name, text in DESCRIPTIONS.items()]
)


def test_every_cog_is_loaded() -> None:
    assert set(EXTENSIONS) == set(modules_of_cogs())
    assert {"imagine", "quota"} <= {command.name for command in TOP_LEVEL}


@described
def test_every_command_and_option_is_described(description: str) -> None:
    assert description not in {"", NOT_DESCRIBED}


@described
def test_every_description_is_translated(description: str) -> None:
    texts = texts_by_language(description)

    assert description in TEXTS
    assert set(texts) == set(languages())
    assert len(set(texts.values())) == len(languages())


@described
def test_every_description_fits_in_every_language(description: str) -> None:
    for text in texts_by_language(description).values():
        assert 0 < len(text) <= MOST_IN_A_DESCRIPTION


@pytest.mark.parametrize("command", TOP_LEVEL, ids=lambda command: f"/{command.name}")
def test_every_command_fits_with_all_that_is_in_it(command: AnyCommand) -> None:
    assert sum(map(length_of, with_subcommands(command))) <= MOST_IN_A_COMMAND


def test_style_fits_with_the_subgroups_that_are_added_to_it() -> None:
    style = next(command for command in TOP_LEVEL if command.name == "style")
    parts = [part for group in (style, *SUBGROUPS) for part in with_subcommands(group)]

    assert sum(map(length_of, parts)) <= MOST_IN_A_COMMAND


@pytest.mark.parametrize("name", MENUS)
def test_every_menu_fits_in_every_language(name: str) -> None:
    names = set(texts_by_language(name).values())

    assert all(0 < len(each) <= MOST_IN_A_NAME for each in names)


def length_of(command: AnyCommand) -> int:
    """What Discord counts: names, the longest description, and the names and values of choices."""
    choices = [choice for option in options_of(command) for choice in option.choices]
    return (
        len(command.name)
        + longest(command.description)
        + sum(len(option.name) + longest(option.description) for option in options_of(command))
        + sum(len(choice.name) + len(str(choice.value)) for choice in choices)
    )


def longest(description: str) -> int:
    return max(map(len, texts_by_language(str(description)).values()))
