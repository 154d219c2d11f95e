"""The loopback Discord's REST routes for the bot's own token, asked without a library."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from tests.wire.discord import (
    LoopbackDiscord,
    Member,
    NotOffered,
    Overwrite,
    Permission,
    make_world,
    with_channel,
)
from tests.wire.discord.contract import DESCRIPTION_PATH
from tests.wire.discord.ids import RoleId
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in
from tests.wire.discord.world import World
from tests.wire.raw_caller import RawCaller, raw_caller

needs_description = pytest.mark.skipif(
    not DESCRIPTION_PATH.exists(),
    reason="shared/discord/openapi.json is not beside the repository",
)


@asynccontextmanager
async def serving(world: World | None = None) -> AsyncIterator[tuple[LoopbackDiscord, RawCaller]]:
    async with LoopbackDiscord(world) as server, raw_caller(server) as caller:
        yield server, caller


def make_command(**changed: JsonValue) -> JsonObject:
    return {"name": "paint", "description": "Paint a picture", **changed}


def make_option(**changed: JsonValue) -> JsonObject:
    return {"type": 3, "name": "prompt", "description": "What to paint", **changed}


def commands_path(server: LoopbackDiscord) -> str:
    return f"/applications/{server.world.application_id}/commands"


def messages_path(server: LoopbackDiscord, channel: str = "studio") -> str:
    return f"/channels/{server.world.channel(channel).id}/messages"


async def test_a_wrong_token_is_unauthorized() -> None:
    async with serving() as (_, caller):
        answer = await caller.call("GET", "/users/@me", token="another")

    assert answer.refusal == (401, 0)


async def test_overwritten_commands_keep_the_ids_of_their_namesakes() -> None:
    async with serving() as (server, caller):
        await caller.call("PUT", commands_path(server), [make_command()])
        [first] = server.commands
        changed: JsonValue = [make_command(description="Paint another"), make_command(name="help")]
        await caller.call("PUT", commands_path(server), changed)

        assert [(each["name"], each["description"]) for each in server.commands] == [
            ("paint", "Paint another"),
            ("help", "Paint a picture"),
        ]
        assert server.commands[0]["id"] == first["id"]
        assert not server.contract_violations


async def test_a_servers_own_command_goes_before_the_global_one() -> None:
    async with serving() as (server, caller):
        guild_id = server.world.guild.id
        own = f"/applications/{server.world.application_id}/guilds/{guild_id}/commands"
        await caller.call("PUT", commands_path(server), [make_command()])
        await caller.call("PUT", own, [make_command(options=[make_option(required=True)])])

        with pytest.raises(NotOffered, match="requires prompt"):
            await server.slash(server.world.member("ann"), server.world.channel("studio"), "paint")


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        pytest.param([make_command(name=f"c{n}") for n in range(101)], 30032, id="101 commands"),
        pytest.param([make_command(), make_command()], 50035, id="one name twice"),
        pytest.param([make_command(name="Paint")], 50035, id="capital letter"),
        pytest.param([make_command(name="x" * 33)], 50035, id="long name"),
        pytest.param([make_command(description="x" * 101)], 50035, id="long description"),
        pytest.param([make_command(description="")], 50035, id="no description"),
        pytest.param(
            [make_command(options=[make_option(name=f"o{n}") for n in range(26)])],
            50035,
            id="26 options",
        ),
        pytest.param(
            [make_command(options=[make_option(), make_option(name="seed", required=True)])],
            50035,
            id="required after optional",
        ),
        pytest.param(
            [
                make_command(
                    options=[
                        make_option(
                            name=f"o{n}",
                            description="short",
                            description_localizations={"de": "x" * 100},
                            choices=[{"name": "y" * 100, "value": f"{m}"} for m in range(4)],
                        )
                        for n in range(16)
                    ]
                )
            ],
            50035,
            id="8,000 characters with the longest localization",
        ),
    ],
)
async def test_commands_beyond_a_limit_are_refused_and_change_nothing(
    commands: JsonValue, code: int
) -> None:
    async with serving() as (server, caller):
        await caller.call("PUT", commands_path(server), [make_command(name="kept")])

        answer = await caller.call("PUT", commands_path(server), commands)

        assert answer.refusal == (400, code)
        assert [each["name"] for each in server.commands] == ["kept"]


@pytest.mark.parametrize(
    ("changed", "channel", "member", "offered"),
    [
        ({"nsfw": True}, "studio", "ann", False),
        ({"nsfw": True}, "after-dark", "ann", True),
        ({"contexts": [1]}, "studio", "ann", False),
        ({"default_member_permissions": 1 << 5}, "studio", "ann", False),
        ({"default_member_permissions": 1 << 5}, "studio", "max", True),
    ],
)
async def test_a_command_is_offered_where_and_to_whom_it_is_meant(
    changed: dict[str, JsonValue], channel: str, member: str, *, offered: bool
) -> None:
    async with serving() as (server, caller):
        await caller.call("PUT", commands_path(server), [make_command(**changed)])
        sending = server.slash(server.world.member(member), server.world.channel(channel), "paint")

        if offered:
            assert (await sending).messages == ()
        else:
            with pytest.raises(NotOffered):
                await sending


async def test_a_nonce_is_remembered_for_some_minutes() -> None:
    payload: JsonObject = {"content": "hello", "nonce": "n-1", "enforce_nonce": True}
    async with serving() as (server, caller):
        first = await caller.call("POST", messages_path(server), payload)
        again = await caller.call("POST", messages_path(server), payload)
        server.advance(seconds=301)
        later = await caller.call("POST", messages_path(server), payload)

    assert first.body["id"] == again.body["id"] != later.body["id"]


async def test_a_channel_message_is_edited_and_read_again() -> None:
    async with serving() as (server, caller):
        sent = await caller.call("POST", messages_path(server), {"content": "hello"})
        path = f"{messages_path(server)}/{sent.body['id']}"

        await caller.call("PATCH", path, {"content": "hello again"})

        assert (await caller.call("GET", path)).body["content"] == "hello again"
        assert not server.contract_violations


@pytest.mark.parametrize(
    ("denied", "refusal"),
    [
        (Permission.VIEW_CHANNEL, (403, 50001)),
        (Permission.SEND_MESSAGES, (403, 50013)),
        (Permission.ATTACH_FILES, (403, 50013)),
    ],
)
async def test_what_the_channel_denies_the_bot_is_refused(
    denied: Permission, refusal: tuple[int, int]
) -> None:
    world = make_world()
    overwrite = Overwrite(target_id=RoleId(world.guild.id), deny=denied)
    closed = replace(world.channel("studio"), overwrites=(overwrite,))
    async with serving(with_channel(world, closed)) as (server, caller):
        answer = await caller.call("POST", messages_path(server), {}, files={"a.txt": b"a"})

    assert answer.refusal == refusal


async def test_a_direct_message_reaches_its_member() -> None:
    async with serving() as (server, caller):
        ann = server.world.member("ann").user
        opened = await caller.call("POST", "/users/@me/channels", {"recipient_id": str(ann.id)})
        path = f"/channels/{opened.body['id']}/messages"

        await caller.call("POST", path, {"content": "for you"})

        [message] = server.messages(server.direct_channel(ann.id))
        assert message.content == "for you"
        assert not server.contract_violations


async def test_a_member_who_takes_no_direct_messages_gets_none() -> None:
    world = make_world()
    ann = world.member("ann")
    closed = Member(user=replace(ann.user, accepts_direct_messages=False))
    guild = replace(world.guild, members=(closed,))
    async with serving(make_world(guild)) as (_, caller):
        payload: JsonObject = {"recipient_id": str(ann.user.id)}
        opened = await caller.call("POST", "/users/@me/channels", payload)
        path = f"/channels/{opened.body['id']}/messages"

        answer = await caller.call("POST", path, {"content": "for you"})

    assert answer.refusal == (403, 50007)


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        (lambda _: "/channels/1", (404, 10003)),
        (lambda server: f"{messages_path(server)}/1", (404, 10008)),
    ],
)
async def test_what_is_not_there_is_unknown(
    path: Callable[[LoopbackDiscord], str], refusal: tuple[int, int]
) -> None:
    async with serving() as (server, caller):
        answer = await caller.call("GET", path(server))

    assert answer.refusal == refusal


async def test_a_route_that_is_not_modelled_is_told() -> None:
    async with serving() as (server, caller):
        answer = await caller.call("POST", "/guilds/1/bans")

        assert answer.refusal == (404, 0)
        assert server.contract_violations == [
            "POST /api/v10/guilds/1/bans: the loopback Discord has no such route"
        ]


@needs_description
async def test_a_body_that_is_not_as_described_is_told() -> None:
    row: JsonObject = {
        "type": 1,
        "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}],
    }
    async with serving() as (server, caller):
        await caller.call("POST", messages_path(server), {"content": "x", "components": [row]})

        [violation] = server.contract_violations
    assert violation.startswith(
        "POST /channels/{channel_id}/messages: $.components[0].components[0].label: "
    )
    assert violation.endswith("is too long")


async def test_requests_are_written_down_by_their_route() -> None:
    async with serving() as (server, caller):
        await caller.call("POST", messages_path(server), {"content": "hello"})
        await caller.call("GET", "/channels/1")

        assert [(each.method, each.route, each.status) for each in server.served] == [
            ("POST", "/channels/{channel_id}/messages", 200),
            ("GET", "/channels/{channel_id}", 404),
        ]


async def test_the_latest_messages_of_a_channel_are_read_the_newest_first() -> None:
    async with serving() as (server, caller):
        for number in range(3):
            await caller.call("POST", messages_path(server), {"content": f"{number}"})
        answer = await caller.call("GET", f"{messages_path(server)}?limit=2")

    assert [each["content"] for each in objects_in(answer.body["list"])] == ["2", "1"]
