"""What has to be done from time to time, whether anybody asks or not."""

from typing import Never

import structlog

from bot.services.library_ports import Thumbnails
from bot.services.ports import Clock, PictureStore
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

TIDY_EVERY_S = 3600.0
_HASHES_AT_ONCE = 500


class Housekeeping:
    """Keeps the picture store and the thumbnails within their limits."""

    def __init__(
        self, *, storage: Storage, pictures: PictureStore, thumbnails: Thumbnails, clock: Clock
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._thumbnails = thumbnails
        self._clock = clock

    async def run(self) -> Never:
        """Tidy once an hour, until cancelled; one failure does not end it."""
        while True:
            try:
                await self.tidy()
                await self.tidy_thumbnails()
            except Exception:
                log.exception("tidying_failed")
            await self._clock.sleep(TIDY_EVERY_S)

    async def tidy(self) -> int:
        """Remove pictures over the store's limits, save those of unfinished jobs."""
        async with self._storage.read() as tx:
            needed = await tx.jobs.pictures_of_open_jobs()
        return await self._pictures.tidy(needed=needed)

    async def tidy_thumbnails(self) -> int:
        """Remove thumbnails that no record names, and those over the limit."""
        made = sorted(await self._thumbnails.hashes())
        named: set[str] = set()
        async with self._storage.read() as tx:
            for start in range(0, len(made), _HASHES_AT_ONCE):
                some = frozenset(made[start : start + _HASHES_AT_ONCE])
                named |= await tx.jobs.pictures_in_use(some)
        return await self._thumbnails.tidy(gone=set(made) - named)
