"""Cancelling: what was not sent is refunded; what was sent is shown when it comes."""

from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.errors import NotYours
from bot.domain.gate.permissions import Actor
from bot.domain.ids import JobId, UserId
from bot.domain.jobs.cancelling import Cancelling
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobImage
from bot.domain.moderation.audit import Act, channel_subject
from bot.services.jobs.delivery import DeliveryService
from bot.services.jobs.in_hand import JobsInHand
from bot.services.jobs.runner import LEASE
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)


class CancelService:
    """Cancels jobs for those who asked for them."""

    def __init__(
        self,
        *,
        storage: Storage,
        delivery: DeliveryService,
        in_hand: JobsInHand,
        clock: Clock,
        owner: str,
    ) -> None:
        self._storage = storage
        self._delivery = delivery
        self._in_hand = in_hand
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
            if job.origin.user_id != user_id:
                await _write_down(tx, job, user_id, now)
            held = await self._claim(tx, job_id, now)
        log.info("job_cancelled", job_id=job_id, waiting=held is not None)
        if held is None:
            return Cancelling.STOPPING
        self._in_hand.take(job_id)
        try:
            await self._delivery.deliver(_all_cancelled(held))
        finally:
            self._in_hand.let_go(job_id)
        return Cancelling.CANCELLED

    async def _claim(self, tx: Transaction, job_id: JobId, now: datetime) -> Job | None:
        """The job, unless a worker has it."""
        if job_id in self._in_hand:
            return None
        return await tx.jobs.claim(job_id, owner=self._owner, now=now, lease_until=now + LEASE)


async def _write_down(tx: Transaction, job: Job, moderator: UserId, now: datetime) -> None:
    """Write down whose request a moderator has cancelled, and where it was."""
    origin = job.origin
    by = Actor(user_id=moderator, guild_id=origin.guild_id, channel_id=origin.channel_id)
    detail = f"request of member {origin.account}"
    subject = channel_subject(origin.channel_id)
    await write_down(tx, by, Act.REQUEST_CANCELLED, subject, now=now, detail=detail)


def _all_cancelled(job: Job) -> Job:
    """Nobody works on the job: what was sent is lost, as it is when a worker finds it so."""
    return replace(job, images=tuple(map(_cancelled, job.images)))


def _cancelled(image: JobImage) -> JobImage:
    match image.state:
        case ImageState.QUEUED:
            return replace(image, state=ImageState.CANCELLED)
        case ImageState.SENT:
            lost = ImageFailure(FailureReason.LOST, Billing.MAYBE_BILLED)
            return replace(image, state=ImageState.LOST, failure=lost)
        case _:
            return image
