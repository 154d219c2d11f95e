"""The loopback Discord's gateway, asked without a library."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.wire.discord import LoopbackDiscord, NotOffered, make_guild, make_world
from tests.wire.discord.gateway_session import CloseCode, Intent, Opcode
from tests.wire.discord.ids import GuildId
from tests.wire.discord.json_types import JsonObject, JsonValue
from tests.wire.raw_caller import raw_caller

TIMEOUT_S = 20.0
EVEN_GUILD_ID = GuildId(2 << 22)  # by its number on shard 0 of 2, the default server on shard 1


class Client:
    """One connection to the gateway."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, op: Opcode, data: JsonValue = None) -> None:
        await self._socket.send_json({"op": op, "d": data})

    async def next(self) -> JsonObject:
        frame: JsonObject = await self._socket.receive_json(timeout=TIMEOUT_S)
        return frame

    async def next_events(self, count: int) -> list[JsonValue]:
        return [(await self.next()).get("t") for _ in range(count)]

    async def closed_with(self) -> int | None:
        """Read to the end; the server's close code."""
        while (await self._socket.receive(timeout=TIMEOUT_S)).type is aiohttp.WSMsgType.TEXT:
            pass
        return self._socket.close_code


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    world = make_world(make_guild(), make_guild(EVEN_GUILD_ID))
    async with LoopbackDiscord(world) as loopback:
        yield loopback


@pytest.fixture
async def client(server: LoopbackDiscord) -> AsyncIterator[Client]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway_url) as socket,
    ):
        yield Client(socket)


def identify(server: LoopbackDiscord, **changed: JsonValue) -> JsonObject:
    return {"token": server.token, "intents": int(Intent.GUILDS), "properties": {}, **changed}


async def test_it_says_hello_and_answers_heartbeats(client: Client) -> None:
    hello = await client.next()
    await client.send(Opcode.HEARTBEAT)

    assert hello == {"op": Opcode.HELLO, "d": {"heartbeat_interval": 41_250}}
    assert await client.next() == {"op": Opcode.HEARTBEAT_ACK, "d": None}


async def test_who_identifies_is_told_of_the_servers_of_its_shard(
    server: LoopbackDiscord, client: Client
) -> None:
    await client.send(Opcode.IDENTIFY, identify(server, shard=[0, 2]))
    await client.next()

    ready, created = await client.next(), await client.next()
    assert isinstance(ready["d"], dict)
    assert isinstance(created["d"], dict)
    assert ready["d"]["resume_gateway_url"] == server.gateway_url
    assert ready["d"]["guilds"] == [{"id": str(EVEN_GUILD_ID), "unavailable": True}]
    assert (created["t"], created["d"]["id"]) == ("GUILD_CREATE", str(EVEN_GUILD_ID))


@pytest.mark.parametrize(
    ("op", "changed", "code"),
    [
        (Opcode.IDENTIFY, {"token": "another"}, CloseCode.AUTHENTICATION_FAILED),
        (Opcode.IDENTIFY, {"intents": Intent.MESSAGE_CONTENT}, CloseCode.DISALLOWED_INTENTS),
        (Opcode.IDENTIFY, {"shard": [2, 2]}, CloseCode.INVALID_SHARD),
        (Opcode.IDENTIFY, {"intents": "all"}, CloseCode.DECODE_ERROR),
        (Opcode.PRESENCE_UPDATE, {}, CloseCode.NOT_AUTHENTICATED),
    ],
)
async def test_who_may_not_come_in_is_closed_out(
    server: LoopbackDiscord,
    client: Client,
    op: Opcode,
    changed: dict[str, JsonValue],
    code: CloseCode,
) -> None:
    await client.send(op, identify(server, **changed))

    assert await client.closed_with() == code


async def test_a_session_that_nobody_knows_is_invalid(
    server: LoopbackDiscord, client: Client
) -> None:
    await client.next()
    await client.send(Opcode.RESUME, {"token": server.token, "session_id": "session-9", "seq": 1})

    assert await client.next() == {"op": Opcode.INVALID_SESSION, "d": False}


async def test_events_go_only_to_who_asked_for_their_kind(
    server: LoopbackDiscord, client: Client
) -> None:
    await client.send(Opcode.IDENTIFY, identify(server, intents=int(Intent.GUILD_MESSAGES)))
    assert await client.next_events(2) == [None, "READY"]
    ann = server.world.member("ann").user
    async with raw_caller(server) as caller:
        direct, studio = server.direct_channel(ann.id).id, server.world.channel("studio").id
        for channel_id in (direct, studio):
            await caller.call("POST", f"/channels/{channel_id}/messages", {"content": "hello"})

    created = await client.next()
    assert isinstance(created["d"], dict)
    assert (created["t"], created["d"]["channel_id"]) == ("MESSAGE_CREATE", str(studio))


async def test_what_a_member_selects_is_sent_with_its_message(
    server: LoopbackDiscord, client: Client
) -> None:
    await client.send(Opcode.IDENTIFY, identify(server, intents=0))
    assert await client.next_events(2) == [None, "READY"]
    select: JsonObject = {
        "type": 3,
        "custom_id": "model",
        "options": [{"label": "Flux", "value": "flux"}],
    }
    ann, studio = server.world.member("ann"), server.world.channel("studio")
    async with raw_caller(server) as caller:
        row: JsonObject = {"type": 1, "components": [select]}
        payload: JsonObject = {"content": "Which?", "components": [row]}
        await caller.call("POST", f"/channels/{studio.id}/messages", payload)
    message = await server.message_where(studio, lambda each: each.components, timeout_s=TIMEOUT_S)

    await server.select(ann, message, "model", ["flux"])

    sent = await client.next()
    assert isinstance(sent["d"], dict)
    assert isinstance(sent["d"]["message"], dict)
    assert sent["t"] == "INTERACTION_CREATE"
    assert sent["d"]["data"] == {
        "custom_id": "model",
        "component_type": 3,
        "id": 2,
        "values": ["flux"],
    }
    assert sent["d"]["message"]["id"] == str(message.id)
    with pytest.raises(NotOffered):
        await server.click(ann, message, "model")
    assert not server.contract_violations
