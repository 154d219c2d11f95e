"""Delivery: the gate's second word, the message, and the closing of the accounts."""

from dataclasses import replace

import structlog

from bot.domain.failure import Billing, FailureReason, ImageFailure
from bot.domain.job import ImageState, Job, JobImage, JobState, MessageAddress, outcome
from bot.domain.ledger import Closing, closing_of
from bot.domain.money import UsdMicros
from bot.domain.notice import Notice
from bot.domain.policy import Allow, Requester, decide
from bot.services.ports import (
    Clock,
    JobResult,
    Messenger,
    PictureStore,
    Policies,
    ShownImage,
    UndeliverableError,
)
from bot.services.progress_board import ProgressBoard
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


CALL_AFTER_S = 60.0
"""After this long a member looks elsewhere, and an edited message does not call them back."""


class DeliveryService:
    """Shows what was painted, settles what was shown, releases what was not."""

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: Messenger,
        pictures: PictureStore,
        policies: Policies,
        board: ProgressBoard,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._pictures = pictures
        self._policies = policies
        self._board = board
        self._clock = clock

    async def deliver(self, job: Job) -> None:
        """Bring a job whose images are all painted or failed to its end.

        Showing comes before closing: after a crash in between, the same message is written
        again, and closing happens once.

        Raises:
            DeliveryDelayedError: if the message did not get through now; the job stays as it
                is, and is delivered when it is claimed again.
        """
        await self._move_on(job, JobState.DELIVERING)
        job = replace(
            job,
            state=JobState.DELIVERING,
            images=tuple(self._judged(job, image) for image in job.images),
        )
        await self._board.close(job.id)
        address = await self._show(job)
        reached = address is not None
        images = tuple(_ended(image, reached=reached) for image in job.images)
        await self._close(job, images, address)
        log.info(
            "job_ended",
            job_id=job.id,
            outcome=outcome(images),
            shown=sum(image.state is ImageState.DELIVERED for image in images),
            images=len(images),
            reached=reached,
        )

    async def give_up(self, job: Job) -> None:
        """End a job that never comes to its end; its member is told at the next command."""
        log.error("job_given_up", job_id=job.id, claims=job.fence)
        images = tuple(_given_up(image) for image in job.images)
        await self._close(job, images, None)

    def _judged(self, job: Job, image: JobImage) -> JobImage:
        """Ask the gate about a picture, now that its safety signals are known."""
        if image.state is not ImageState.STORED:
            return image
        origin = job.origin
        decision = decide(
            self._policies.of_place(origin.guild_id, origin.channel_id),
            Requester(origin.user_id, origin.guild_id),
            job.recipe,
            image.signals,
        )
        if isinstance(decision, Allow):
            return image
        if image.signals.content_violation:
            failure = ImageFailure(FailureReason.CONTENT_VIOLATION, Billing.NOT_BILLED)
        else:
            failure = ImageFailure(FailureReason.RULES_CHANGED, Billing.BILLED)
        return replace(image, state=ImageState.REFUSED, failure=failure)

    async def _show(self, job: Job) -> MessageAddress | None:
        """Show what there is; None where the member cannot be reached."""
        shown = tuple(
            ShownImage(image, self._pictures.path_of(image.picture))
            for image in job.images
            if image.state is ImageState.STORED and image.picture is not None
        )
        failed = tuple(image.failure for image in job.images if image.failure is not None)
        result = JobResult(
            job=job,
            shown=shown,
            failed=failed,
            cost_usd_micros=_cost(shown),
            took_s=_painted_s(job) if job.shared else self._since(job),
        )
        try:
            address = await self._messenger.show_result(result)
        except UndeliverableError as error:
            log.warning("job_undeliverable", job_id=job.id, cause=str(error))
            return None
        if shown and result.took_s > CALL_AFTER_S:
            await self._messenger.tell_ready(job)
        return address

    def _since(self, job: Job) -> float:
        return (self._clock.now() - job.created_at).total_seconds()

    async def _close(
        self, job: Job, images: tuple[JobImage, ...], address: MessageAddress | None
    ) -> None:
        now = self._clock.now()
        async with self._storage.write() as tx:
            for image in images:
                await tx.jobs.save_image(job.id, image, fence=job.fence)
                await tx.ledger.close(
                    image.id, _closing(image), cost_usd_micros=image.reserved_usd_micros, now=now
                )
            if address is not None:
                await tx.jobs.set_shown(job.id, address, fence=job.fence)
            else:
                await tx.notices.add(Notice(job.id, job.origin.user_id, len(images), now))
            await tx.jobs.set_state(job.id, outcome(images), fence=job.fence, now=now)

    async def _move_on(self, job: Job, state: JobState) -> None:
        async with self._storage.write() as tx:
            await tx.jobs.set_state(job.id, state, fence=job.fence, now=self._clock.now())


def _painted_s(job: Job) -> float:
    """How long a shared picture took when it was painted."""
    return max(image.duration_ms or 0 for image in job.images) / 1_000


def _given_up(image: JobImage) -> JobImage:
    match image.state:
        case ImageState.QUEUED:
            billing = Billing.NOT_BILLED
        case ImageState.SENT:
            billing = Billing.MAYBE_BILLED
        case ImageState.STORED:
            billing = Billing.BILLED
        case _:
            return image
    failure = ImageFailure(FailureReason.INTERNAL, billing)
    return replace(image, state=ImageState.FAILED, failure=failure)


def _ended(image: JobImage, *, reached: bool) -> JobImage:
    if image.state is not ImageState.STORED:
        return image
    if reached:
        return replace(image, state=ImageState.DELIVERED)
    failure = ImageFailure(FailureReason.UNDELIVERABLE, Billing.BILLED)
    return replace(image, state=ImageState.FAILED, failure=failure)


def _closing(image: JobImage) -> Closing:
    if image.state is ImageState.CANCELLED:
        return Closing.NOT_BILLED
    return closing_of(image.failure) if image.failure is not None else Closing.SHOWN


def _cost(shown: tuple[ShownImage, ...]) -> UsdMicros | None:
    prices = [item.image.reserved_usd_micros for item in shown]
    if any(price is None for price in prices):
        return None
    return UsdMicros(sum(price for price in prices if price is not None))
