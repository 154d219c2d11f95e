"""Errands: scheduled work that somebody waits for is done at once.

Its row is written first, due a little later. So what a crash interrupts, or what fails now, is
done by the scheduler, and what was done at once is not done twice.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog

from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.services.schedule.scheduler import Handler
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

IF_NOT_DONE = timedelta(minutes=2)
"""When the scheduler takes up an errand that was not done at once."""


class Errands:
    """Runs errands."""

    def __init__(self, storage: Storage, handlers: Mapping[WorkKind, Handler]) -> None:
        self._storage = storage
        self._handlers = handlers

    async def run(self, works: Sequence[ScheduledWork]) -> None:
        """Do each now; a failure goes no further than the log, for it is tried again."""
        for work in works:
            try:
                await self._handlers[work.kind](work.subject)
            except Exception:
                log.exception("errand_failed", kind=work.kind, subject=work.subject)
                continue
            async with self._storage.write() as tx:
                await tx.schedule.drop(work)
