"""What has to be done from time to time, whether anybody asks or not."""

from typing import Never

import structlog

from bot.services.ports import Clock, PictureStore, Storage

log = structlog.get_logger(__name__)

TIDY_EVERY_S = 3600.0


class Housekeeping:
    """Keeps the picture store within its limits."""

    def __init__(self, *, storage: Storage, pictures: PictureStore, clock: Clock) -> None:
        self._storage = storage
        self._pictures = pictures
        self._clock = clock

    async def run(self) -> Never:
        """Tidy once an hour, until cancelled; one failure does not end it."""
        while True:
            try:
                await self.tidy()
            except Exception:
                log.exception("tidying_failed")
            await self._clock.sleep(TIDY_EVERY_S)

    async def tidy(self) -> int:
        """Remove pictures over the store's limits, save those of unfinished jobs."""
        async with self._storage.read() as tx:
            needed = await tx.jobs.pictures_of_open_jobs()
        return await self._pictures.tidy(needed=needed)
