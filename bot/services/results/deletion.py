"""Deleting a result: its words and pictures go, its place in the sums and the lineage stays."""

from datetime import datetime

import structlog

from bot.domain.asking.any_recipe import inputs_of
from bot.domain.errors import ResultUnfinished
from bot.domain.gate.permissions import Action, Actor
from bot.domain.ids import JobId
from bot.domain.jobs.job import TERMINAL_JOB_STATES, Job, JobState, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.audit import Act, channel_subject
from bot.services.jobs.closing import withdraw_held
from bot.services.moderation.auditing import write_down
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.ports import Clock, PictureStore
from bot.services.results.results import find_result
from bot.services.starboard.marks import note_changes
from bot.services.storage_ports import Storage, Transaction

DELETABLE = TERMINAL_JOB_STATES | {JobState.HELD}

log = structlog.get_logger(__name__)


class DeletionService:
    """Deletes results for those who may."""

    def __init__(
        self, *, storage: Storage, pictures: PictureStore, desk: ReviewDesk, clock: Clock
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._desk = desk
        self._clock = clock

    async def delete(self, job_id: JobId, actor: Actor) -> MessageAddress | None:
        """Wipe a result, and say where its message is, which the caller removes.

        The ledger is untouched: what was shown was paid for. What waits for a moderator is taken
        back, and is not charged to the member. Reports stay, for moderators.

        Raises:
            ResultError: if the member may not, or it is gone or not finished.
        """
        async with self._storage.write() as tx:
            job = await find_result(tx, job_id, Action.DELETE, actor)
            await tx.jobs.hold([job_id])
            job = await find_result(tx, job_id, Action.DELETE, actor)
            if job.state not in DELETABLE:
                raise ResultUnfinished
            now = self._clock.now()
            job, withdrawn = await withdraw_held(tx, job, now=now)
            unused = await wipe(tx, job, now)
            if actor.user_id != job.origin.user_id:
                await _write_down(tx, job, actor, now)
        await self._desk.withdrawn(withdrawn)
        for picture in unused:
            await self._pictures.remove(picture)
        log.info("result_deleted", job_id=job_id, by_requester=actor.user_id == job.origin.user_id)
        return job.shown


async def wipe(tx: Transaction, job: Job, now: datetime) -> tuple[StoredPicture, ...]:
    """Take a held job's words, pictures, marks and votes out, in a transaction that goes on.

    Returned are the pictures that no record needs any more: they go once the transaction ended.
    """
    await tx.jobs.save_wiped(job.wiped(now))
    await tx.library.forget(job.id)
    image_ids = [image.id for image in job.images]
    await tx.favourites.remove_everybodys(image_ids)
    await tx.votes.withdraw_everybodys(image_ids)
    await note_changes(tx, image_ids, now=now)
    return await _unused_pictures(tx, job)


async def _write_down(tx: Transaction, job: Job, moderator: Actor, now: datetime) -> None:
    """Write down whose result a moderator has deleted, and where it was; not what it was."""
    detail = f"result of member {job.origin.account}"
    subject = channel_subject(job.origin.channel_id)
    await write_down(tx, moderator, Act.RESULT_DELETED, subject, now=now, detail=detail)


async def _unused_pictures(tx: Transaction, job: Job) -> tuple[StoredPicture, ...]:
    """The pictures of a deleted job, and those it was made of, that nothing else needs.

    Another record may show the same picture, and a job that is not done may be made of it.
    """
    made = tuple(image.picture for image in job.images if image.picture is not None)
    pictures = {picture.sha256: picture for picture in (*made, *inputs_of(job.recipe))}
    in_use = await tx.jobs.pictures_in_use(frozenset(pictures))
    return tuple(picture for sha256, picture in pictures.items() if sha256 not in in_use)
