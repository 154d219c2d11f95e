"""Cancelling: what was not sent is refunded; what was sent is shown when it comes."""

from dataclasses import replace

import structlog

from bot.domain.cancelling import Cancelling
from bot.domain.errors import NotYours
from bot.domain.ids import JobId, UserId
from bot.domain.job import ImageState, Job
from bot.services.delivery import DeliveryService
from bot.services.job_runner import LEASE
from bot.services.ports import Clock
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


class CancelService:
    """Cancels jobs for those who asked for them."""

    def __init__(
        self, *, storage: Storage, delivery: DeliveryService, clock: Clock, owner: str
    ) -> None:
        self._storage = storage
        self._delivery = delivery
        self._clock = clock
        self._owner = owner

    async def cancel(self, job_id: JobId, user_id: UserId, *, moderator: bool) -> Cancelling:
        """Cancel a job.

        Raises:
            NotYours: if the member did not ask for it and is no moderator.
        """
        now = self._clock.now()
        async with self._storage.write() as tx:
            job = await tx.jobs.get(job_id)
            if job is None:
                return Cancelling.TOO_LATE
            if job.origin.user_id != user_id and not moderator:
                raise NotYours
            if not await tx.jobs.request_cancel(job_id, now=now):
                return Cancelling.TOO_LATE
            held = await tx.jobs.claim(job_id, owner=self._owner, now=now, lease_until=now + LEASE)
        log.info("job_cancelled", job_id=job_id, waiting=held is not None)
        if held is None:
            return Cancelling.STOPPING
        await self._delivery.deliver(_all_cancelled(held))
        return Cancelling.CANCELLED


def _all_cancelled(job: Job) -> Job:
    images = tuple(
        replace(image, state=ImageState.CANCELLED) if image.state is ImageState.QUEUED else image
        for image in job.images
    )
    return replace(job, images=images)
