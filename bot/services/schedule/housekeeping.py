"""What has to be done from time to time, whether anybody asks or not."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Never

import structlog

from bot.domain.moderation.review import APPEAL_WITHIN
from bot.services.insight.style_sorting import StyleSorter
from bot.services.library.ports import Thumbnails
from bot.services.ports import Clock, PictureStore
from bot.services.quotas.limit_book import LimitBook
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

TIDY_EVERY_S = 3600.0
CONDUCT_KEPT_FOR = timedelta(hours=2)
"""Longer than the longest pause between two requests that can be set."""

UNRECORDED_KEPT_S = 3_600.0
"""A picture is written before its record is: whoever writes may need a while between the two."""

_HASHES_AT_ONCE = 500


class Housekeeping:
    """Keeps what is on disk within its limits, and nothing for longer than it is needed."""

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        thumbnails: Thumbnails,
        limits: LimitBook,
        sorter: StyleSorter,
        clock: Clock,
        audit_kept_for: timedelta,
    ) -> None:
        self._limits = limits
        self._sorter = sorter
        self._storage = storage
        self._pictures = pictures
        self._thumbnails = thumbnails
        self._clock = clock
        self._audit_kept_for = audit_kept_for

    async def run(self) -> Never:
        """Tidy once an hour, until cancelled; one chore that fails keeps no other from its turn."""
        while True:
            for chore in self._chores():
                try:
                    await chore()
                except Exception:
                    log.exception("tidying_failed")
            await self._clock.sleep(TIDY_EVERY_S)

    def _chores(self) -> tuple[Callable[[], Awaitable[object]], ...]:
        return (
            self.forget_expired,
            self.forget_conduct,
            self.forget_acts,
            self._limits.forget_grants,
            self.tidy,
            partial(self.remove_unrecorded, older_than_s=UNRECORDED_KEPT_S),
            self.tidy_thumbnails,
            self._sorter.sort_earlier,
        )

    async def tidy(self) -> int:
        """Remove pictures over the store's limits, save those that are still to be shown.

        Those are the pictures of jobs that have not ended, those of servers' styles, and those
        under review, which may be appealed.
        """
        decided_since = self._clock.now() - APPEAL_WITHIN
        async with self._storage.read() as tx:
            needed = await tx.jobs.pictures_of_open_jobs()
            needed |= await tx.style_references.pictures()
            needed |= await tx.reviews.pictures_needed(decided_since=decided_since)
        return await self._pictures.tidy(needed=needed)

    async def forget_expired(self) -> int:
        """Forget the requests and changes that waited for a word and got none; how many."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            requests = await tx.pending.remove_expired(now=now)
            return requests + await tx.waiting_changes.remove_expired(now=now)

    async def tidy_thumbnails(self) -> int:
        """Remove thumbnails that no record names, and those over the limit."""
        made = await self._thumbnails.hashes()
        named: frozenset[str] = frozenset()
        async with self._storage.read() as tx:
            for some in _batches(made):
                named |= await tx.jobs.pictures_in_use(some)
        return await self._thumbnails.tidy(gone=made - named)

    async def remove_unrecorded(self, *, older_than_s: float) -> int:
        """Remove pictures that no record names, whose writer died before the record; how many.

        Where no other process writes, all that is there at the start may go: older than 0 s.
        """
        unnamed = await self._pictures.hashes(older_than_s=older_than_s)
        async with self._storage.read() as tx:
            for some in _batches(unnamed):
                unnamed -= await tx.jobs.pictures_recorded(some)
        await self._pictures.remove_all(unnamed)
        if unnamed:
            log.info("unrecorded_pictures_removed", count=len(unnamed))
        return len(unnamed)

    async def forget_acts(self) -> int:
        """Forget what the audit log has had for long enough; how many entries."""
        async with self._storage.write() as tx:
            return await tx.audit.forget_before(self._clock.now() - self._audit_kept_for)

    async def forget_conduct(self) -> int:
        """Forget what members' cooldowns no longer need; of how many members."""
        async with self._storage.write() as tx:
            return await tx.cooldowns.forget_before(self._clock.now() - CONDUCT_KEPT_FOR)


def _batches(hashes: frozenset[str]) -> Iterator[frozenset[str]]:
    """The hashes in parts that a database takes at once."""
    in_order = sorted(hashes)
    for start in range(0, len(in_order), _HASHES_AT_ONCE):
        yield frozenset(in_order[start : start + _HASHES_AT_ONCE])
