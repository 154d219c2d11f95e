"""The gateway: hello, identify, heartbeats, resume, and the events that go out.

Close codes and the order of events as in Discord's pages on the gateway.
"""

import asyncio
from itertools import count

from aiohttp import WSMsgType, web
from pydantic import ValidationError

from tests.wire.changes import Changes
from tests.wire.discord.gateway_session import (
    PRIVILEGED_INTENTS,
    CloseCode,
    Frame,
    GatewaySession,
    Identify,
    Intent,
    Opcode,
    Resume,
)
from tests.wire.discord.ids import GuildId
from tests.wire.discord.json_types import JsonObject, JsonValue
from tests.wire.discord.payloads import guild_json, own_user_json
from tests.wire.discord.wire_text import to_text
from tests.wire.discord.world import World

PATH = "/gateway"
_HEARTBEAT_INTERVAL_MS = 41_250
_CLOSE_TIMEOUT_S = 1.0
_API_VERSION = 10
_GOODBYES = frozenset({CloseCode.NORMAL, CloseCode.GOING_AWAY})
_IGNORED = frozenset(
    {Opcode.PRESENCE_UPDATE, Opcode.VOICE_STATE_UPDATE, Opcode.REQUEST_GUILD_MEMBERS}
)


class _Refusal(Exception):
    """Ends a connection with a close code."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(code.name)
        self.code = code


class Gateway:
    """Every session there ever was, and the connections that are open."""

    def __init__(self, world: World, changes: Changes) -> None:
        self._world = world
        self._changes = changes
        self._open: set[web.WebSocketResponse] = set()
        self._numbers = count(1)
        self.url = ""
        self.sessions: list[GatewaySession] = []
        self.identified = 0
        self.resumed = 0
        self.refusals = 0

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until either side ends it."""
        if self.refusals:
            self.refusals -= 1
            self._changes.announce()
            raise web.HTTPServiceUnavailable
        connection = web.WebSocketResponse(timeout=_CLOSE_TIMEOUT_S, max_msg_size=0)
        await connection.prepare(request)
        self._open.add(connection)
        try:
            if await self._converse(connection) in _GOODBYES:
                self._end_session(connection)
        except _Refusal as refusal:
            await connection.close(code=refusal.code, message=refusal.code.name.encode())
        finally:
            self._open.discard(connection)
            self._disconnect(connection)
        return connection

    async def dispatch(
        self, event: str, data: JsonObject, *, guild_id: GuildId | None, intent: Intent
    ) -> None:
        """Send an event to every session that covers its place and asked for its kind."""
        for session in tuple(self.sessions):
            if session.covers(guild_id) and intent in session.intents:
                await session.dispatch(event, data)

    async def drop_connections(self, code: CloseCode) -> None:
        """Close all connections; a client resumes after most codes, see Discord's table."""
        await asyncio.gather(*(each.close(code=code) for each in tuple(self._open)))

    async def _converse(self, connection: web.WebSocketResponse) -> int | None:
        """Answer frames; the client's close code in the end, none if it did not end it."""
        await _send(connection, Opcode.HELLO, {"heartbeat_interval": _HEARTBEAT_INTERVAL_MS})
        session: GatewaySession | None = None
        while (message := await connection.receive()).type is WSMsgType.TEXT:
            frame = _parsed(message.data)
            if frame.op == Opcode.HEARTBEAT:
                await _send(connection, Opcode.HEARTBEAT_ACK, None)
            elif frame.op in {Opcode.IDENTIFY, Opcode.RESUME}:
                if session is not None:
                    raise _Refusal(CloseCode.ALREADY_AUTHENTICATED)
                session = await self._authenticate(connection, frame)
            elif session is None:
                raise _Refusal(CloseCode.NOT_AUTHENTICATED)
            elif frame.op not in _IGNORED:
                raise _Refusal(CloseCode.UNKNOWN_OPCODE)
        if message.type is WSMsgType.BINARY:
            raise _Refusal(CloseCode.DECODE_ERROR)
        return int(message.data) if message.type is WSMsgType.CLOSE else None

    async def _authenticate(
        self, connection: web.WebSocketResponse, frame: Frame
    ) -> GatewaySession | None:
        try:
            if frame.op == Opcode.IDENTIFY:
                return await self._identify(connection, Identify.model_validate(frame.d))
            return await self._resume(connection, Resume.model_validate(frame.d))
        except ValidationError:
            raise _Refusal(CloseCode.DECODE_ERROR) from None

    async def _identify(
        self, connection: web.WebSocketResponse, identify: Identify
    ) -> GatewaySession:
        self._check_token(identify.token)
        intents = Intent(identify.intents)
        if intents & PRIVILEGED_INTENTS:
            raise _Refusal(CloseCode.DISALLOWED_INTENTS)
        number, count = identify.shard
        if not 0 <= number < count:
            raise _Refusal(CloseCode.INVALID_SHARD)
        session = GatewaySession(
            id=f"session-{next(self._numbers)}",
            intents=intents,
            shard_number=number,
            shard_count=count,
            connection=connection,
        )
        await self._greet(session)
        self.sessions.append(session)
        self.identified += 1
        self._changes.announce()
        return session

    async def _greet(self, session: GatewaySession) -> None:
        guilds = [guild for guild in self._world.guilds if session.covers(guild.id)]
        await session.dispatch(
            "READY",
            {
                "v": _API_VERSION,
                "user": own_user_json(self._world.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": [session.shard_number, session.shard_count],
                "application": {"id": str(self._world.application_id), "flags": 0},
            },
        )
        if Intent.GUILDS in session.intents:
            for guild in guilds:
                await session.dispatch("GUILD_CREATE", guild_json(guild))

    async def _resume(
        self, connection: web.WebSocketResponse, resume: Resume
    ) -> GatewaySession | None:
        self._check_token(resume.token)
        session = next((each for each in self.sessions if each.id == resume.session_id), None)
        if session is None or not 0 <= resume.seq <= len(session.frames):
            await _send(connection, Opcode.INVALID_SESSION, data=False)
            return None
        session.connection = connection
        await session.replay(after=resume.seq)
        await session.dispatch("RESUMED", {})
        self.resumed += 1
        self._changes.announce()
        return session

    def _check_token(self, token: str) -> None:
        if token != self._world.token:
            raise _Refusal(CloseCode.AUTHENTICATION_FAILED)

    def _end_session(self, connection: web.WebSocketResponse) -> None:
        """The client said goodbye: there is nothing to resume."""
        self.sessions = [each for each in self.sessions if each.connection is not connection]

    def _disconnect(self, connection: web.WebSocketResponse) -> None:
        for session in self.sessions:
            if session.connection is connection:
                session.connection = None
        self._changes.announce()


async def _send(connection: web.WebSocketResponse, op: Opcode, data: JsonValue) -> None:
    await connection.send_str(to_text({"op": op, "d": data}))


def _parsed(text: str) -> Frame:
    try:
        return Frame.model_validate_json(text)
    except ValidationError:
        raise _Refusal(CloseCode.DECODE_ERROR) from None
