"""What a member fills into a slash command, turned into the options of an interaction.

Discord's own client does this from the registered command, and refuses what does not fit; so does
this, so that no test sends what no member could.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.wire.discord.attachments import AttachmentStore, Upload
from tests.wire.discord.commands import Command, Option, OptionType
from tests.wire.discord.ids import ChannelId
from tests.wire.discord.json_types import JsonObject, JsonValue
from tests.wire.discord.payloads import (
    attachment_json,
    channel_json,
    member_json,
    role_json,
    user_json,
)
from tests.wire.discord.world import Channel, Member, Role

OptionValue: TypeAlias = str | int | float | bool | Member | Channel | Role | Upload


class NotOffered(AssertionError):
    """A member's client would not let them send this."""


@dataclass(slots=True)
class FilledOptions:
    """The options of an interaction, and the things their ids stand for."""

    options: list[JsonValue] = field(default_factory=list)
    resolved: dict[str, JsonObject] = field(default_factory=dict)

    def resolve(self, kind: str, thing_id: int, described: JsonObject) -> str:
        self.resolved.setdefault(kind, {})[str(thing_id)] = described
        return str(thing_id)


class OptionFiller:
    """Fills the options of one interaction in one channel."""

    def __init__(self, attachments: AttachmentStore, channel_id: ChannelId) -> None:
        self._attachments = attachments
        self._channel_id = channel_id
        self._filled = FilledOptions()

    def fill(
        self, command: Command, path: tuple[str, ...], values: Mapping[str, OptionValue]
    ) -> FilledOptions:
        """The options of a command sent.

        Args:
            command: as registered.
            path: the names of group and subcommand, where there are such.
            values: by the options' names.

        Raises:
            NotOffered: if an option is unknown, missing, of another type or out of its bounds.
        """
        options, nested = _descend(command.options, path)
        if missing := [each.name for each in options if each.required and each.name not in values]:
            raise NotOffered(f"/{command.name} requires {', '.join(missing)}")
        sent = [self._sent(option, value) for option, value in _matched(options, values)]
        self._filled.options = _wrapped(nested, sent)
        return self._filled

    def focus(
        self,
        command: Command,
        path: tuple[str, ...],
        values: Mapping[str, OptionValue],
        *,
        focused: str,
        typed: str,
    ) -> FilledOptions:
        """The options while a member types into one of them, `focused`.

        Raises:
            NotOffered: if an option is unknown, or the focused one is not autocompleted.
        """
        options, nested = _descend(command.options, path)
        [(option, _)] = _matched(options, {focused: typed})
        if not option.autocomplete:
            raise NotOffered(f"{focused} of /{command.name} is not autocompleted")
        others = {name: value for name, value in values.items() if name != focused}
        sent = [self._sent(option, value) for option, value in _matched(options, others)]
        typing: JsonObject = {
            "name": focused,
            "type": int(option.type),
            "value": typed,
            "focused": True,
        }
        self._filled.options = _wrapped(nested, [*sent, typing])
        return self._filled

    def _sent(self, option: Option, value: OptionValue) -> JsonObject:
        return {"name": option.name, "type": int(option.type), "value": self._value(option, value)}

    def _value(self, option: Option, value: OptionValue) -> JsonValue:
        match option.type, value:
            case OptionType.BOOLEAN, bool():
                return value
            case OptionType.STRING, str():
                _check_bounds(option, value, len(value), option.min_length, option.max_length)
                return value
            case OptionType.INTEGER, int() if not isinstance(value, bool):
                _check_bounds(option, value, value, option.min_value, option.max_value)
                return value
            case OptionType.NUMBER, int() | float() if not isinstance(value, bool):
                _check_bounds(option, value, value, option.min_value, option.max_value)
                return value
        return self._resolved(option, value)

    def _resolved(self, option: Option, value: OptionValue) -> str:
        """The id of a thing that travels beside the options."""
        match option.type, value:
            case OptionType.ATTACHMENT, Upload():
                kept = self._attachments.keep(value, channel_id=self._channel_id)
                described = attachment_json(kept, ephemeral=True)
                return self._filled.resolve("attachments", kept.id, described)
            case OptionType.USER | OptionType.MENTIONABLE, Member():
                self._filled.resolve("members", value.user.id, member_json(value))
                return self._filled.resolve("users", value.user.id, user_json(value.user))
            case OptionType.ROLE | OptionType.MENTIONABLE, Role():
                return self._filled.resolve("roles", value.id, role_json(value, 1))
            case OptionType.CHANNEL, Channel():
                described = {**channel_json(value), "permissions": "0"}
                return self._filled.resolve("channels", value.id, described)
        raise NotOffered(f"{option.name} takes {option.type.name.lower()}, not {value!r}")


def _descend(
    options: list[Option], path: tuple[str, ...]
) -> tuple[list[Option], tuple[Option, ...]]:
    """The options of the subcommand at a path, and the group and subcommand on the way."""
    nested: list[Option] = []
    for name in path:
        found = next((each for each in options if each.name == name and each.is_nested), None)
        if found is None:
            raise NotOffered(f"there is no subcommand {name}")
        nested.append(found)
        options = found.options
    if any(option.is_nested for option in options):
        raise NotOffered("name a subcommand")
    return options, tuple(nested)


def _matched(
    options: list[Option], values: Mapping[str, OptionValue]
) -> list[tuple[Option, OptionValue]]:
    known = {option.name: option for option in options}
    if unknown := values.keys() - known.keys():
        raise NotOffered(f"unknown options: {', '.join(sorted(unknown))}")
    return [(known[name], value) for name, value in values.items()]


def _wrapped(nested: tuple[Option, ...], sent: list[JsonObject]) -> list[JsonValue]:
    options: list[JsonValue] = list(sent)
    for option in reversed(nested):
        options = [{"name": option.name, "type": int(option.type), "options": options}]
    return options


def _check_bounds(
    option: Option,
    value: str | float,
    measure: float,
    least: float | None,
    most: float | None,
) -> None:
    if option.choices and value not in {choice.value for choice in option.choices}:
        raise NotOffered(f"{value!r} is not among the choices of {option.name}")
    if (least is not None and measure < least) or (most is not None and measure > most):
        raise NotOffered(f"{option.name} is out of its bounds: {value!r}")
