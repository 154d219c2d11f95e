"""Delivery: the gate's second word, the message, and the closing of the accounts."""

from dataclasses import replace

import structlog

from bot.domain.asking.any_recipe import battle_of, lent_pictures
from bot.domain.conduct.strikes import CONTENT_VIOLATION
from bot.domain.elapsed import seconds_since
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobImage, JobState, MessageAddress, outcome
from bot.domain.money import UsdMicros
from bot.services.contests.entries import contest_for
from bot.services.gate.log import GateLog
from bot.services.jobs.closing import Closed, Closer
from bot.services.jobs.judging import Judge, Judged, Reviewed, reviewed, reviewed_before
from bot.services.jobs.lost_pictures import end_lost_pictures, end_lost_releases
from bot.services.jobs.observation import JobObserver, NobodyObserves
from bot.services.jobs.progress_board import ProgressBoard
from bot.services.moderation.ports import Striker
from bot.services.moderation.review_ports import HeldDesk
from bot.services.ports import (
    Clock,
    JobResult,
    Messenger,
    PictureStore,
    Policies,
    ShownImage,
    UndeliverableError,
)
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


CALL_AFTER_S = 60.0
"""After this long a member looks elsewhere, and an edited message does not call them back."""


class DeliveryService:
    """Shows what was painted, settles what was shown, releases what was not.

    What moderators have to see first is held. When they have decided, the job is delivered once
    more.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: Messenger,
        pictures: PictureStore,
        policies: Policies,
        board: ProgressBoard,
        desk: HeldDesk,
        striker: Striker,
        clock: Clock,
        gate_log: GateLog,
        observer: JobObserver | None = None,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._pictures = pictures
        self._policies = policies
        self._board = board
        self._desk = desk
        self._striker = striker
        self._clock = clock
        self._observer = observer or NobodyObserves()
        self._judge = Judge(policies=policies, gate_log=gate_log)
        self._closer = Closer(storage=storage, clock=clock)

    async def deliver(self, job: Job) -> None:
        """Bring a job whose images are all painted or failed to its end, or to its review.

        Showing comes before closing: after a crash in between, the same message is written
        again, and closing happens once.

        Raises:
            DeliveryDelayedError: if the message did not get through now; the job stays as it
                is, and is delivered when it is claimed again.
        """
        await self._policies.until_known()
        if job.state is not JobState.DELIVERING:
            await self._move_on(job, JobState.DELIVERING)
        if job.claims > 1:
            job = await end_lost_pictures(job, storage=self._storage, pictures=self._pictures)
        job = replace(job, state=JobState.DELIVERING)
        ended = await self._deliver_once(job, await reviewed_before(self._storage, job))
        while ended is JobState.DELIVERING:
            # Moderators have decided on something while it was being delivered.
            async with self._storage.read() as tx:
                found = await tx.jobs.get(job.id)
                if found is None:
                    return
                looked_at = await reviewed(tx, found)
            ended = await self._deliver_once(found, looked_at)

    async def _deliver_once(self, job: Job, looked_at: Reviewed) -> JobState:
        judged = await end_lost_releases(self._judge.judge(job, looked_at), self._pictures)
        own_message = await self._board.close(job.id)
        former = own_message or job.shown
        judged = replace(judged, job=replace(judged.job, shown=former))
        if _ends_unseen(judged.job):
            log.info("job_ended", job_id=job.id, outcome=outcome(judged.job.images), shown=0)
            return (await self._close(judged, None, unseen=0)).state
        shows_anew = judged.is_again and bool(judged.released)
        address = await self._show_again(judged) if judged.is_again else await self._show(judged)
        reached = address is not None
        images = tuple(_ended(image, reached=reached) for image in judged.job.images)
        judged = replace(judged, job=replace(judged.job, images=images))
        await self._strike_for_violation(judged)
        is_told = shows_anew or not judged.is_again
        closed = await self._close(judged, address, unseen=_unseen(judged) if is_told else 0)
        is_moved = shows_anew and address is not None and former not in (None, address)
        # A battle's message is not that of one of its pictures.
        if former is not None and is_moved and battle_of(job.request) is None:
            await self._messenger.take_down(former)
        log.info(
            "job_ended" if closed.state is not JobState.HELD else "job_held",
            job_id=job.id,
            outcome=outcome(images),
            shown=sum(image.state is ImageState.DELIVERED for image in images),
            images=len(images),
            reached=reached,
        )
        return closed.state

    async def give_up(self, job: Job) -> None:
        """End a job that never comes to its end; its member is told at the next command.

        What still waits for a moderator goes on waiting.
        """
        log.error("job_given_up", job_id=job.id, claims=job.claims)
        await self._board.close(job.id)
        judged = self._judge.judge(job, await reviewed_before(self._storage, job))
        waiting = frozenset(judged.holding) - judged.newly_held
        moved = frozenset(image.id for image in job.images) - waiting
        images = tuple(
            _given_up(image) if image.id in moved else image for image in judged.job.images
        )
        judged = replace(
            judged,
            job=replace(judged.job, images=images),
            newly_held=frozenset(),
            moved=judged.moved & moved,
        )
        await self._close(judged, None, unseen=_unseen(judged))

    async def _strike_for_violation(self, judged: Judged) -> None:
        """One strike a request, however many of its images broke the image service's rules.

        It is given before the job ends, so that a crash in between gives it again, to no effect.
        """
        job = judged.job
        moved = (image for image in job.images if image.id in judged.moved)
        first = next(filter(_is_violation, moved), None)
        if job.origin.guild_id is None or first is None:
            return
        await self._striker.strike(
            guild_id=job.origin.guild_id,
            user_id=job.origin.user_id,
            by=None,
            reason=CONTENT_VIOLATION,
            image_id=first.id,
        )

    async def _show(self, judged: Judged) -> MessageAddress | None:
        """Show what there is; None where the member cannot be reached."""
        job = judged.job
        shown = tuple(self._shown(job, image) for image in job.pictures)
        took_s = _painted_s(job) if job.shared else self._since(job)
        try:
            address = await self._messenger.show_result(await self._result(judged, shown, took_s))
        except UndeliverableError as error:
            log.warning("job_undeliverable", job_id=job.id, cause=str(error))
            return None
        self._observer.shown(job)
        is_edited = job.reply is not None
        if shown and is_edited and took_s > CALL_AFTER_S:
            await self._messenger.tell_ready(job)
        return address

    async def _show_again(self, judged: Judged) -> MessageAddress | None:
        """Show what moderators released, with what was shown before, as far as it is kept.

        Where they released nothing, the message that there is says so, as far as it can be
        reached.
        """
        job = judged.job
        shown = [
            self._shown(job, image)
            for image in job.pictures
            if image.picture is not None
            and (image.id in judged.released or await self._pictures.has(image.picture))
        ]
        result = await self._result(judged, tuple(shown), _painted_s(job))
        if not judged.released:
            await self._messenger.amend_result(result)
            return job.shown
        try:
            address = await self._messenger.show_released(result)
        except UndeliverableError as error:
            log.warning("job_undeliverable", job_id=job.id, cause=str(error))
            return None
        if any(image.id in judged.released for image in job.pictures):
            await self._messenger.tell_ready(job)
        return address

    async def _result(
        self, judged: Judged, shown: tuple[ShownImage, ...], took_s: float
    ) -> JobResult:
        job = judged.job
        return JobResult(
            job=job,
            shown=shown,
            failed=tuple(image.failure for image in job.images if image.failure is not None),
            held=tuple(judged.holding[each.id] for each in job.images if each.id in judged.holding),
            cost_usd_micros=cost_of(shown),
            took_s=took_s,
            contest=await contest_for(self._storage, job) if shown else None,
        )

    def _shown(self, job: Job, image: JobImage) -> ShownImage:
        assert image.picture is not None  # noqa: S101 - `Job.pictures` have one
        policy = self._policies.of_place(job.origin.guild_id, job.origin.channel_id)
        path = self._pictures.path_of(image.picture)
        return ShownImage(image, path, covered=policy.spoilers)

    def _since(self, job: Job) -> float:
        return seconds_since(job.created_at, now=self._clock.now())

    async def _close(
        self, judged: Judged, address: MessageAddress | None, *, unseen: int
    ) -> Closed:
        closed = await self._closer.close(judged, address, unseen=unseen)
        job = judged.job
        ended = tuple(
            image
            for image in job.images
            if image.id in judged.moved - judged.ended_before and image.state is not ImageState.HELD
        )
        self._observer.ended(replace(job, state=closed.state), ended)
        await self._give_back(job)
        if closed.held:
            await self._desk.held(closed.held)
        return closed

    async def _give_back(self, job: Job) -> None:
        """Remove what was kept for this job alone: its inputs whose results were deleted."""
        lent = {picture.sha256: picture for picture in lent_pictures(job.request)}
        if not lent:
            return
        async with self._storage.read() as tx:
            in_use = await tx.jobs.pictures_in_use(frozenset(lent))
        for sha256 in lent.keys() - in_use:
            await self._pictures.remove(lent[sha256])

    async def _move_on(self, job: Job, state: JobState) -> None:
        now = self._clock.now()
        await self._storage.write_at_once(
            lambda tx: tx.jobs.set_state(job.id, state, fence=job.fence, now=now)
        )


def _is_violation(image: JobImage) -> bool:
    return image.failure is not None and image.failure.reason is FailureReason.CONTENT_VIOLATION


def _ends_unseen(job: Job) -> bool:
    """Whether a job was cancelled before it had a message: it needs none to say so."""
    is_cancelled = all(image.state is ImageState.CANCELLED for image in job.images)
    return is_cancelled and job.reply is None and job.shown is None


def _painted_s(job: Job) -> float:
    """How long a shared picture took when it was painted."""
    return max(image.duration_ms or 0 for image in job.images) / 1_000


def _given_up(image: JobImage) -> JobImage:
    match image.state:
        case ImageState.QUEUED:
            billing = Billing.NOT_BILLED
        case ImageState.SENT:
            billing = Billing.MAYBE_BILLED
        case ImageState.STORED | ImageState.HELD:
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


def cost_of(shown: tuple[ShownImage, ...]) -> UsdMicros | None:
    """What the shown pictures cost; None where it is not known."""
    prices = [item.image.reserved_usd_micros for item in shown]
    if any(price is None for price in prices):
        return None
    return UsdMicros(sum(price for price in prices if price is not None))


def _unseen(judged: Judged) -> int:
    """How many images the member is not charged for and has not been told of."""
    return sum(
        image.id in judged.moved and image.state is not ImageState.HELD
        for image in judged.job.images
    )
