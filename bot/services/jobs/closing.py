"""The closing of a job's accounts, and the opening of the reviews of what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.ids import GuildId
from bot.domain.jobs.cooldown import after_failure, has_failed
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobImage, JobState, MessageAddress, outcome
from bot.domain.jobs.notice import Notice
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.review import WAITS_FOR, ReviewCase, awaits_delivery
from bot.domain.quotas.ledger import Closing, closing_of
from bot.services.jobs.judging import Judged
from bot.services.ports import Clock
from bot.services.storage_ports import Storage, Transaction

ASKED_AGAIN_AFTER = timedelta(minutes=1)
"""Moderators are asked at once; what a crash keeps from it is made up for after so long."""


@dataclass(frozen=True, slots=True)
class Closed:
    """How a job was closed.

    `state` is DELIVERING where moderators have decided on something meanwhile. `held` are the
    cases that were opened.
    """

    state: JobState
    held: tuple[ReviewCase, ...]


class Closer:
    """Writes how a job's images ended, all in one transaction."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def close(
        self, judged: Judged, address: MessageAddress | None, *, unseen: int = 0
    ) -> Closed:
        """Close what has come to its end; what is held stays reserved, and its review begins.

        Args:
            judged: with the images as they ended.
            address: where the result is shown, if anywhere.
            unseen: how many images the member has to be told of at their next command.
        """
        job, now = judged.job, self._clock.now()
        cases = _cases(judged, now=now)

        async def write(tx: Transaction) -> JobState:
            await _note_conduct(tx, judged, now)
            if judged.is_again:
                await tx.reviews.lock_job(job.id)
            await _end_images(tx, judged, cases, now)
            if address is None and unseen:
                await tx.notices.add(Notice(job.id, job.origin.user_id, unseen, now))
            return await _end(tx, judged, address, now)

        return Closed(await self._storage.write_at_once(write), cases)


async def _end_images(
    tx: Transaction, judged: Judged, cases: Sequence[ReviewCase], now: datetime
) -> None:
    """Write what has come to its end, and what waits for a moderator from now on."""
    job = judged.job
    # Others may have changed since: moderators hide what was shown before.
    moved = [image for image in job.images if image.id in judged.moved]
    await tx.jobs.save_images(job.id, moved, fence=job.fence)
    for image in moved:
        if image.state is not ImageState.HELD:
            await tx.ledger.close(
                image.id, closing_for(image), cost_usd_micros=image.reserved_usd_micros, now=now
            )
    for case in cases:
        await _open(tx, case)


async def _end(
    tx: Transaction, judged: Judged, address: MessageAddress | None, now: datetime
) -> JobState:
    """Write where the result is shown, and the state that the job is in by then.

    What was held in this moment nobody has decided on, so only a later delivery asks.
    """
    job = judged.job
    if judged.is_again and await _is_decided_meanwhile(tx, job):
        if address is not None:
            await tx.jobs.set_shown(job.id, address, fence=job.fence)
        return JobState.DELIVERING
    state = outcome(job.images)
    await tx.jobs.set_state(job.id, state, fence=job.fence, now=now, shown=address)
    return state


async def _note_conduct(tx: Transaction, judged: Judged, now: datetime) -> None:
    """First, as where a request is let in: both hold the member's row, then balances."""
    moved = tuple(image for image in judged.job.images if image.id in judged.moved)
    if has_failed(moved):
        user_id = judged.job.origin.user_id
        conduct = await tx.cooldowns.hold(user_id, now=now)
        await tx.cooldowns.save(user_id, after_failure(conduct, now=now), now=now)


def closing_for(image: JobImage) -> Closing:
    """How an image is closed on the accounts that bore it."""
    if image.state is ImageState.CANCELLED:
        return Closing.NOT_BILLED
    return closing_of(image.failure) if image.failure is not None else Closing.SHOWN


async def withdraw_held(
    tx: Transaction, job: Job, *, now: datetime
) -> tuple[Job, Sequence[ReviewCase]]:
    """End what waits of a job that its member deletes; the member is not charged for it.

    Whoever calls holds the job's row, and sees to it that what was withdrawn is taken from
    moderators' sight.
    """
    withdrawn = await tx.reviews.withdraw(job.id, now=now)
    failure = ImageFailure(FailureReason.NOT_RELEASED, Billing.BILLED)
    for image in job.images:
        if image.state is not ImageState.HELD:
            continue
        ended = replace(image, state=ImageState.REFUSED, failure=failure)
        job = job.with_image(ended)
        await tx.jobs.save_image(job.id, ended, fence=job.fence)
        await tx.ledger.close(
            image.id, closing_for(ended), cost_usd_micros=image.reserved_usd_micros, now=now
        )
    if job.state is JobState.HELD:
        await tx.jobs.set_state(job.id, outcome(job.images), fence=job.fence, now=now)
    return job, withdrawn


def _cases(judged: Judged, *, now: datetime) -> tuple[ReviewCase, ...]:
    job = judged.job
    return tuple(
        ReviewCase(
            image_id=image.id,
            job_id=job.id,
            guild_id=job.origin.guild_id or GuildId(0),
            channel_id=job.origin.channel_id,
            user_id=job.origin.user_id,
            rule=judged.holding[image.id],
            held_at=now,
            expires_at=now + WAITS_FOR,
        )
        for image in job.images
        if image.id in judged.newly_held
    )


async def _open(tx: Transaction, case: ReviewCase) -> None:
    await tx.reviews.add(case)
    posted = ScheduledWork(WorkKind.REVIEW_POSTED, case.image_id, case.held_at + ASKED_AGAIN_AFTER)
    await tx.schedule.put(posted)
    await tx.schedule.put(ScheduledWork(WorkKind.REVIEW_EXPIRES, case.image_id, case.expires_at))


async def _is_decided_meanwhile(tx: Transaction, job: Job) -> bool:
    """Whoever decides holds the job's row, and so does this transaction."""
    images = {image.id: image for image in job.images}
    cases = await tx.reviews.of_job(job.id)
    return any(awaits_delivery(images[case.image_id], case) for case in cases)
