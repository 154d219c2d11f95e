"""How a member's entries become the options of an interaction."""

import pytest

from tests.wire.discord import NotOffered, OptionValue, Upload, make_world
from tests.wire.discord.attachments import AttachmentStore
from tests.wire.discord.clock import ServerClock, SnowflakeMint
from tests.wire.discord.commands import Command, Option, OptionType
from tests.wire.discord.json_types import JsonValue
from tests.wire.discord.options import OptionFiller

WORLD = make_world()
STUDIO = WORLD.channel("studio")
ANN = WORLD.member("ann")


def make_option(kind: OptionType, **changed: object) -> Option:
    fields = {"type": kind, "name": "it", "description": "What it is", **changed}
    return Option.model_validate(fields)


def make_command(*options: Option) -> Command:
    return Command(name="paint", description="Paint a picture", options=list(options))


def make_filler() -> OptionFiller:
    return OptionFiller(AttachmentStore(SnowflakeMint(ServerClock())), STUDIO.id)


@pytest.mark.parametrize(
    ("kind", "value", "sent"),
    [
        (OptionType.STRING, "a fox", "a fox"),
        (OptionType.INTEGER, 7, 7),
        (OptionType.NUMBER, 7, 7),
        (OptionType.NUMBER, 7.5, 7.5),
        (OptionType.BOOLEAN, True, True),
        (OptionType.USER, ANN, str(ANN.user.id)),
        (OptionType.CHANNEL, STUDIO, str(STUDIO.id)),
        (OptionType.ROLE, WORLD.guild.roles[1], str(WORLD.guild.roles[1].id)),
    ],
)
def test_a_value_of_the_options_type_is_sent(
    kind: OptionType, value: OptionValue, sent: JsonValue
) -> None:
    filled = make_filler().fill(make_command(make_option(kind)), (), {"it": value})

    assert filled.options == [{"name": "it", "type": int(kind), "value": sent}]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        (make_option(OptionType.STRING), 7),
        (make_option(OptionType.INTEGER), True),
        (make_option(OptionType.INTEGER), 7.5),
        (make_option(OptionType.INTEGER, min_value=1, max_value=4), 5),
        (make_option(OptionType.STRING, max_length=3), "a fox"),
        (make_option(OptionType.STRING, choices=[{"name": "One", "value": "1"}]), "2"),
        (make_option(OptionType.USER), STUDIO),
    ],
)
def test_a_value_that_does_not_fit_is_not_sent(option: Option, value: OptionValue) -> None:
    with pytest.raises(NotOffered):
        make_filler().fill(make_command(option), (), {"it": value})


def test_the_things_that_ids_stand_for_come_along() -> None:
    command = make_command(
        make_option(OptionType.USER, name="who"), make_option(OptionType.ATTACHMENT, name="what")
    )

    filled = make_filler().fill(command, (), {"who": ANN, "what": Upload("a.txt", b"abc")})

    assert filled.resolved.keys() == {"users", "members", "attachments"}
    [attachment] = filled.resolved["attachments"].values()
    assert isinstance(attachment, dict)
    assert (attachment["filename"], attachment["size"]) == ("a.txt", 3)


def test_a_subcommand_wraps_its_options() -> None:
    vote = make_option(
        OptionType.SUBCOMMAND, name="vote", options=[make_option(OptionType.INTEGER)]
    )
    style = make_option(OptionType.SUBCOMMAND_GROUP, name="style", options=[vote])

    filled = make_filler().fill(make_command(style), ("style", "vote"), {"it": 3})

    inner: JsonValue = [{"name": "it", "type": 4, "value": 3}]
    assert filled.options == [
        {"name": "style", "type": 2, "options": [{"name": "vote", "type": 1, "options": inner}]}
    ]


@pytest.mark.parametrize("path", [(), ("style",), ("style", "draw")])
def test_a_subcommand_has_to_be_named(path: tuple[str, ...]) -> None:
    vote = make_option(OptionType.SUBCOMMAND, name="vote")
    style = make_option(OptionType.SUBCOMMAND_GROUP, name="style", options=[vote])

    with pytest.raises(NotOffered, match="subcommand"):
        make_filler().fill(make_command(style), path, {})


def test_what_is_being_typed_is_focused() -> None:
    command = make_command(
        make_option(OptionType.STRING, name="model", autocomplete=True),
        make_option(OptionType.INTEGER, name="seed"),
    )

    filled = make_filler().focus(command, (), {"seed": 7}, focused="model", typed="flu")

    assert filled.options == [
        {"name": "seed", "type": 4, "value": 7},
        {"name": "model", "type": 3, "value": "flu", "focused": True},
    ]
    with pytest.raises(NotOffered, match="not autocompleted"):
        make_filler().focus(command, (), {}, focused="seed", typed="7")
