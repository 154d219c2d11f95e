"""Deleting a result: its words and pictures go, its place in the sums and the lineage stays."""

import structlog

from bot.domain.errors import ResultUnfinished
from bot.domain.ids import JobId
from bot.domain.job import TERMINAL_JOB_STATES, Job, MessageAddress, StoredPicture
from bot.domain.permissions import Action, Actor
from bot.services.ports import Clock, PictureStore
from bot.services.results import find_result
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)


class DeletionService:
    """Deletes results for those who may."""

    def __init__(self, *, storage: Storage, pictures: PictureStore, clock: Clock) -> None:
        self._storage = storage
        self._pictures = pictures
        self._clock = clock

    async def delete(self, job_id: JobId, actor: Actor) -> MessageAddress | None:
        """Wipe a result, and say where its message is, which the caller removes.

        The ledger is untouched: what was painted was paid for. Reports stay, for moderators.

        Raises:
            ResultError: if the member may not, or it is gone or not finished.
        """
        async with self._storage.write() as tx:
            job = await find_result(tx, job_id, Action.DELETE, actor)
            if job.state not in TERMINAL_JOB_STATES:
                raise ResultUnfinished
            await tx.jobs.save_wiped(job.wiped(self._clock.now()))
            await tx.library.forget(job_id)
            await tx.favourites.remove_everybodys([image.id for image in job.images])
            unused = await _unused_pictures(tx, job)
        for picture in unused:
            await self._pictures.remove(picture)
        log.info("result_deleted", job_id=job_id, by_requester=actor.user_id == job.origin.user_id)
        return job.shown


async def _unused_pictures(tx: Transaction, wiped: Job) -> tuple[StoredPicture, ...]:
    """The pictures of a wiped job that no other record names, such as a shared one."""
    pictures = {image.picture.sha256: image.picture for image in wiped.images if image.picture}
    in_use = await tx.jobs.pictures_in_use(frozenset(pictures))
    return tuple(picture for sha256, picture in pictures.items() if sha256 not in in_use)
