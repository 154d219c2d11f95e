"""Application commands: what Discord takes at registration, and what is registered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from tests.wire.discord.clock import SnowflakeMint
from tests.wire.discord.errors import invalid_form, too_many_commands
from tests.wire.discord.ids import ApplicationId, CommandId, GuildId
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in

_COMMAND_LIMIT = 100
_COMMAND_CHARACTERS = 8_000
_NAME = re.compile(r"[-_'\w]{1,32}")

_Name = Annotated[str, Field(min_length=1, max_length=32)]
_Description = Annotated[str, Field(min_length=1, max_length=100)]
_Names = dict[str, _Name] | None
_Descriptions = dict[str, _Description] | None


class CommandType(IntEnum):
    SLASH = 1
    USER_MENU = 2
    MESSAGE_MENU = 3


class OptionType(IntEnum):
    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


class Choice(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=100)]
    value: Annotated[str, Field(max_length=100)] | int | float
    name_localizations: dict[str, Annotated[str, Field(max_length=100)]] | None = None


class Option(BaseModel):
    type: OptionType
    name: _Name
    description: _Description
    name_localizations: _Names = None
    description_localizations: _Descriptions = None
    required: bool = False
    autocomplete: bool = False
    choices: Annotated[list[Choice], Field(max_length=25)] = []
    options: "Annotated[list[Option], Field(max_length=25)]" = []
    min_value: float | None = None
    max_value: float | None = None
    min_length: int | None = None
    max_length: int | None = None

    @property
    def is_nested(self) -> bool:
        return self.type in {OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP}


class Command(BaseModel):
    type: CommandType = CommandType.SLASH
    name: _Name
    description: Annotated[str, Field(max_length=100)] = ""
    name_localizations: _Names = None
    description_localizations: _Descriptions = None
    options: Annotated[list[Option], Field(max_length=25)] = []
    nsfw: bool = False
    contexts: list[int] | None = None
    default_member_permissions: int | None = None


class RegisteredCommand(BaseModel):
    """A command that was taken, with the id that interactions name it by."""

    id: CommandId
    command: Command
    answer: JsonObject


class CommandRegistry:
    """The commands of the application: global ones, and each server's own."""

    def __init__(self, application_id: ApplicationId, ids: SnowflakeMint) -> None:
        self._application_id = application_id
        self._ids = ids
        self._registered: dict[GuildId | None, list[RegisteredCommand]] = {}

    def overwrite(self, payload: JsonValue, *, guild_id: GuildId | None) -> list[JsonObject]:
        """Put these commands in the place of all there were; a namesake keeps its id.

        Raises:
            RequestRefused: if a limit of Discord's is exceeded; then nothing changes.
        """
        commands = _read(payload)
        known = {(each.command.type, each.command.name): each.id for each in self._of(guild_id)}
        self._registered[guild_id] = [
            self._register(command, raw, known.get((command.type, command.name)), guild_id)
            for command, raw in zip(commands, objects_in(payload), strict=True)
        ]
        return self.answers(guild_id=guild_id)

    def answers(self, *, guild_id: GuildId | None) -> list[JsonObject]:
        """The registered commands as Discord lists them."""
        return [each.answer for each in self._of(guild_id)]

    def find(self, name: str, *, guild_id: GuildId | None) -> RegisteredCommand | None:
        """The slash command that members see under a name: the server's before the global one."""
        visible = (*self._of(guild_id), *self._of(None))
        return next(
            (
                each
                for each in visible
                if each.command.name == name and each.command.type is CommandType.SLASH
            ),
            None,
        )

    def _of(self, guild_id: GuildId | None) -> Sequence[RegisteredCommand]:
        return self._registered.get(guild_id, ())

    def _register(
        self,
        command: Command,
        raw: JsonObject,
        known_id: CommandId | None,
        guild_id: GuildId | None,
    ) -> RegisteredCommand:
        command_id = known_id or CommandId(self._ids.next())
        permissions = command.default_member_permissions
        answer: JsonObject = {
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            **{key: value for key, value in raw.items() if value is not None},
            "description": command.description,
            "type": int(command.type),
            "id": str(command_id),
            "application_id": str(self._application_id),
            "version": str(self._ids.next()),
            "default_member_permissions": None if permissions is None else str(permissions),
        }
        if guild_id is not None:
            answer["guild_id"] = str(guild_id)
        return RegisteredCommand(id=command_id, command=command, answer=answer)


_COMMANDS = TypeAdapter(list[Command])


def _read(payload: JsonValue) -> list[Command]:
    try:
        commands = _COMMANDS.validate_python(payload)
    except ValidationError as error:
        raise invalid_form(str(error)) from None
    if sum(command.type is CommandType.SLASH for command in commands) > _COMMAND_LIMIT:
        raise too_many_commands()
    _check_unique((command.type, command.name) for command in commands)
    for command in commands:
        _check(command)
    return commands


def _check(command: Command) -> None:
    if command.type is not CommandType.SLASH:
        return
    _check_names([command.name, *(command.name_localizations or {}).values()])
    if not command.description:
        raise invalid_form(f"/{command.name} has no description")
    _check_options(command.options)
    if (size := _size(command)) > _COMMAND_CHARACTERS:
        raise invalid_form(f"/{command.name} has {size} characters, the limit is 8000")


def _check_options(options: Sequence[Option]) -> None:
    _check_unique(option.name for option in options)
    required = [option.required for option in options]
    if required != sorted(required, reverse=True):
        raise invalid_form("required options must be placed before optional ones")
    for option in options:
        _check_names([option.name, *(option.name_localizations or {}).values()])
        if option.autocomplete and option.choices:
            raise invalid_form(f"{option.name} has both choices and autocomplete")
        _check_options(option.options)


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if not _NAME.fullmatch(name) or name != name.lower():
            raise invalid_form(f"{name!r} is not a name for a command or an option")


def _check_unique(keys: Iterable[object]) -> None:
    seen = list(keys)
    if len(set(seen)) < len(seen):
        raise invalid_form("names are not unique")


def _size(part: Command | Option) -> int:
    """Characters of name, description and values, the longest localization counted."""
    own = _longest(part.name, part.name_localizations)
    own += _longest(part.description, part.description_localizations)
    if isinstance(part, Option):
        own += sum(
            _longest(choice.name, choice.name_localizations) + len(str(choice.value))
            for choice in part.choices
        )
    return own + sum(map(_size, part.options))


def _longest(text: str, localizations: Mapping[str, str] | None) -> int:
    return max(map(len, (text, *(localizations or {}).values())))
