"""Servers that the bot is no longer in: written down at once, and erased thirty days later."""

from collections.abc import Collection

import structlog

from bot.domain.ids import GuildId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.privacy import SERVER_KEPT_FOR, ErasureKind, Subject
from bot.services.ports import Clock
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)


class DepartureService:
    """Notes when the bot leaves a server, and takes it back when it returns in time."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def left(self, guild_id: GuildId) -> None:
        """The bot was removed from a server."""
        async with self._storage.write() as tx:
            await self._note(tx, guild_id)

    async def joined(self, guild_id: GuildId) -> None:
        """The bot was added to a server: nothing of it is erased any more."""
        async with self._storage.write() as tx:
            await _take_back(tx, guild_id)

    async def compare(self, present: Collection[GuildId]) -> None:
        """Notice what happened while the bot was not there to hear of it."""
        async with self._storage.read() as tx:
            known, departed = await tx.departures.known_servers(), set(await tx.departures.all())
        here = frozenset(present)
        if known - here - departed or departed & here:
            async with self._storage.write() as tx:
                for guild_id in sorted(known - here - departed):
                    await self._note(tx, guild_id)
                for guild_id in sorted(departed & here):
                    await _take_back(tx, guild_id)

    async def _note(self, tx: Transaction, guild_id: GuildId) -> None:
        now = self._clock.now()
        # Only the first word counts: the thirty days do not begin anew at each start.
        if not await tx.departures.note(guild_id, now=now):
            return
        due_at = now + SERVER_KEPT_FOR
        await tx.schedule.put(ScheduledWork(WorkKind.SERVER_ERASE, f"{guild_id}", due_at))
        log.info("server_left", guild_id=guild_id, erased_at=due_at.isoformat())


async def _take_back(tx: Transaction, guild_id: GuildId) -> None:
    if not await tx.departures.forget(guild_id):
        return
    await tx.schedule.remove(WorkKind.SERVER_ERASE, f"{guild_id}")
    await tx.erasures.end(Subject(ErasureKind.SERVER, guild_id))
    log.info("server_joined_again", guild_id=guild_id)
