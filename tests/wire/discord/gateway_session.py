"""One session of the gateway: what it asked for, what it was sent, and its connection."""

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from aiohttp import web
from pydantic import BaseModel

from tests.wire.discord.ids import GuildId
from tests.wire.discord.json_types import JsonObject, JsonValue
from tests.wire.discord.wire_text import to_text

_SHARD_SHIFT = 22


class Opcode(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class CloseCode(IntEnum):
    NORMAL = 1000
    GOING_AWAY = 1001
    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SHARD = 4010
    DISALLOWED_INTENTS = 4014


class Intent(IntFlag):
    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED_INTENTS = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


class Frame(BaseModel):
    """What a client sends."""

    op: int
    d: JsonValue = None


class Identify(BaseModel):
    token: str
    intents: int
    shard: tuple[int, int] = (0, 1)


class Resume(BaseModel):
    token: str
    session_id: str
    seq: int


@dataclass(slots=True, kw_only=True)
class GatewaySession:
    """A session outlives its connection: what it misses is sent when it resumes."""

    id: str
    intents: Intent
    shard_number: int
    shard_count: int
    connection: web.WebSocketResponse | None
    frames: list[str] = field(default_factory=list)

    @property
    def connected(self) -> bool:
        return self.connection is not None

    def covers(self, guild_id: GuildId | None) -> bool:
        """Whether a server's events go to this shard; those of direct channels go to shard 0."""
        shard = 0 if guild_id is None else (guild_id >> _SHARD_SHIFT) % self.shard_count
        return shard == self.shard_number

    async def dispatch(self, event: str, data: JsonObject) -> None:
        """Send an event, or keep it for the resumption."""
        self.frames.append(
            to_text({"op": Opcode.DISPATCH, "t": event, "s": len(self.frames) + 1, "d": data})
        )
        await self._send(self.frames[-1])

    async def replay(self, *, after: int) -> None:
        """Send again what the client has not seen, whose last sequence number was `after`."""
        for frame in self.frames[after:]:
            await self._send(frame)

    async def _send(self, frame: str) -> None:
        if self.connection is None:
            return
        try:
            await self.connection.send_str(frame)
        except ConnectionError:
            # The client is gone and the reader has not noticed yet; the frame waits for a resume.
            self.connection = None
