"""Strikes and blocks of all servers, held in memory, so that the gate is answered from there."""

import asyncio
import contextlib
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Never

from bot.domain.conduct.bars import Barred, Block
from bot.domain.conduct.conduct import Strike, StrikeRules
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.ids import GuildId, UserId
from bot.services.ports import Clock
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage, Transaction

LOOK_EVERY_S = 10.0
"""How soon a change by another process counts here."""

_VERSION = "conduct_version"
_USUAL_RULES = StrikeRules()


@dataclass(frozen=True, slots=True)
class _Server:
    blocks: dict[UserId, Block] = field(default_factory=dict)
    strikes: dict[UserId, tuple[Strike, ...]] = field(default_factory=dict)


_NOTHING = _Server()


@dataclass(frozen=True, slots=True)
class _Held:
    """All that counts, and at which version it was read."""

    version: str | None = None
    servers: Mapping[GuildId, _Server] = field(default_factory=dict)
    rules: Mapping[GuildId, StrikeRules] = field(default_factory=dict)


class ConductBook:
    """Who is blocked or paused where. What expires does so by the clock, without being read."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._held = _Held()
        # One reader at a time: a slower one must not put back what was read earlier.
        self._reading = asyncio.Lock()

    async def load(self) -> None:
        """Read everything anew."""
        async with self._reading:
            now = self._clock.now()
            async with self._storage.read() as tx:
                version = await tx.markers.get(_VERSION)
                strikes = await tx.conduct.all_strikes(now=now)
                blocks = await tx.conduct.all_blocks(now=now)
                rules = await tx.conduct.all_rules()
            servers: dict[GuildId, _Server] = defaultdict(_Server)
            for given in strikes:
                of_server = servers[given.guild_id].strikes
                of_server[given.user_id] = (*of_server.get(given.user_id, ()), given.strike)
            for block in blocks:
                servers[block.guild_id].blocks[block.user_id] = block
            self._held = _Held(version, dict(servers), rules)

    async def keep_fresh(self) -> Never:
        """Notice what other processes change, until cancelled; one failure does not end it."""
        await repeat(self.look, every_s=LOOK_EVERY_S, clock=self._clock, failure="conduct_not_read")

    async def look(self) -> None:
        """Read everything anew if another process has changed something."""
        async with self._storage.read() as tx:
            version = await tx.markers.get(_VERSION)
        if version != self._held.version:
            await self.load()

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that only reads: for what is shown, with its reasons."""
        return self._storage.read()

    @contextlib.asynccontextmanager
    async def changing(self) -> AsyncIterator[Transaction]:
        """A transaction that changes strikes or blocks; what it wrote counts once it is over.

        The version is written first, so that two changes wait for one another.
        """
        async with self._storage.write() as tx:
            await tx.markers.set(_VERSION, secrets.token_hex(8))
            yield tx
        await self.load()

    def barred(self, guild_id: GuildId | None) -> Barred:
        """Who may ask for nothing in a server now, or, without one, in direct messages."""
        servers = self._held.servers
        everywhere = servers.get(EVERYWHERE, _NOTHING)
        here = _NOTHING if guild_id is None else servers.get(guild_id, _NOTHING)
        return Barred(
            at=self._clock.now(),
            everywhere=everywhere.blocks,
            here=here.blocks,
            strikes=here.strikes,
            rules=self.rules_of(guild_id),
        )

    def rules_of(self, guild_id: GuildId | None) -> StrikeRules:
        """A server's thresholds."""
        return _USUAL_RULES if guild_id is None else self._held.rules.get(guild_id, _USUAL_RULES)

    def blocks_of(self, guild_id: GuildId) -> tuple[Block, ...]:
        """Whom a server blocks now, or the bot's owner everywhere, the longest blocked first."""
        now = self._clock.now()
        blocks = self._held.servers.get(guild_id, _NOTHING).blocks.values()
        return tuple(block for block in blocks if block.holds_at(now))
