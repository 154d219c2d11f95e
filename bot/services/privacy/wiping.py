"""Wiping a job whose member or server is erased: its words, its pictures, and who it names."""

from datetime import datetime

from bot.domain.ids import JobId, UserId
from bot.domain.jobs.job import OPEN_JOB_STATES, Job, JobState
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.privacy import ErasureKind, Subject
from bot.services.jobs.closing import withdraw_held
from bot.services.results.deletion import wipe
from bot.services.storage_ports import Transaction


async def wipe_ended(
    tx: Transaction, job_id: JobId, subject: Subject, *, now: datetime
) -> tuple[StoredPicture, ...]:
    """Wipe one job, unless it goes on by now; the pictures that nothing needs any more.

    It is the only one of its transaction: what its images and votes count for is held until that
    ends, and is not to be held while another job is waited for.
    """
    await tx.jobs.hold([job_id])
    job = await tx.jobs.get(job_id)
    if job is None or job.state in OPEN_JOB_STATES:
        return ()
    if job.state is JobState.HELD:
        # What waits for a moderator is not shown any more: its member is refunded.
        job, _ = await withdraw_held(tx, job, now=now)
    if subject.kind is ErasureKind.SERVER:
        await tx.erasures.forget_reports([image.id for image in job.images])
    else:
        await _queue_messages(tx, job, UserId(subject.id))
    # What its member or a moderator deleted before has nothing left but ids.
    unused = () if job.deleted_at is not None else await wipe(tx, job, now)
    await tx.erasures.unname([job_id], subject)
    return unused


async def _queue_messages(tx: Transaction, job: Job, user_id: UserId) -> None:
    """The result's own message, and those by which moderators were asked about it."""
    asked = [case.message for case in await tx.reviews.of_job(job.id)]
    for address in (job.shown, *asked):
        if address is not None:
            await tx.erasures.queue_message(user_id, address)
