"""Does what is due, also what fell due while the bot was down.

A handler's transaction moves its subject on; the row here goes once the handler has returned. A
crash in between runs the handler again, so it must find that there is nothing left to do.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Never, TypeAlias

import structlog

from bot.domain.jobs.schedule import TakenWork, WorkKind, wait_after
from bot.services.ports import Clock
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

Handler: TypeAlias = Callable[[str], Awaitable[None]]
"""Gets the subject. It is idempotent, and may schedule the next step of the same subject."""

LOOK_EVERY_S = 5.0
HANDLING_TIMEOUT_S = 120.0
TAKEN_FOR = timedelta(seconds=2 * HANDLING_TIMEOUT_S)
"""How long nobody else takes it; longer than a handler may run."""

MOST_AT_ONCE = 20


class Scheduler:
    """Looks for work that is due, and hands each to the handler of its kind."""

    def __init__(
        self, *, storage: Storage, clock: Clock, handlers: Mapping[WorkKind, Handler]
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._handlers = handlers
        # A look that somebody waits for ends after the one that is under way.
        self._looking = asyncio.Lock()

    async def run(self) -> Never:
        """Look every few seconds, until cancelled; one failure does not end it."""
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("schedule_not_read")
            await self._clock.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Do all that is due by now, the longest due first."""
        async with self._looking:
            while taken := await self._take():
                for each in taken:
                    await self._do(each)

    async def _take(self) -> list[TakenWork]:
        now = self._clock.now()
        async with self._storage.write() as tx:
            return list(
                await tx.schedule.take_due(
                    frozenset(self._handlers), now=now, until=now + TAKEN_FOR, limit=MOST_AT_ONCE
                )
            )

    async def _do(self, taken: TakenWork) -> None:
        work = taken.work
        try:
            async with asyncio.timeout(HANDLING_TIMEOUT_S):
                await self._handlers[work.kind](work.subject)
        except Exception:
            wait = wait_after(taken.attempt)
            log.exception(
                "scheduled_work_failed",
                kind=work.kind,
                subject=work.subject,
                attempt=taken.attempt,
                again_in_s=wait.total_seconds(),
            )
            async with self._storage.write() as tx:
                await tx.schedule.put_off(work, until=self._clock.now() + wait)
        else:
            async with self._storage.write() as tx:
                await tx.schedule.finish(work)
