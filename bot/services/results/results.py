"""Finding a result for a member who wants to do something with it, if they may."""

from dataclasses import dataclass

from bot.domain.errors import ActionDenied, PictureGone, PictureHidden, ResultGone
from bot.domain.gate.permissions import Action, Actor, Denied, may
from bot.domain.gate.rule import Rule
from bot.domain.ids import ImageId, JobId
from bot.domain.jobs.job import ImageState, Job, JobImage
from bot.services.storage_ports import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Picked:
    """One picture of a result."""

    job: Job
    image: JobImage


async def find_result(tx: Transaction, job_id: JobId, action: Action, actor: Actor) -> Job:
    """A result, within a transaction that goes on.

    Raises:
        ResultGone: if it is not there any more.
        ActionDenied: if the member may not do this with it.
    """
    return _authorised(await tx.jobs.get(job_id), action, actor)


async def find_picture(tx: Transaction, image_id: ImageId, action: Action, actor: Actor) -> Picked:
    """A picture and its result, within a transaction that goes on.

    Raises:
        ResultGone: if the result is not there any more.
        ActionDenied: if the member may not do this with it, or it has never been shown yet.
        PictureHidden: if it waits for a moderator.
        PictureGone: if the result does not show this picture.
    """
    job = _authorised(await tx.jobs.by_image(image_id), action, actor)
    for image in job.images:
        if image.id == image_id and image.state is ImageState.HIDDEN:
            raise PictureHidden
        if image.id == image_id and image in job.pictures:
            return Picked(job, image)
    if any(image.id == image_id and image.state is ImageState.HELD for image in job.images):
        raise ActionDenied(Rule.HELD_FOR_REVIEW)
    raise PictureGone


class ResultReader:
    """Reads a result for a form or a question about it."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def result(self, job_id: JobId, action: Action, actor: Actor) -> Job:
        """A result that the member may do this with.

        Raises:
            ResultError: as in `find_result`.
        """
        async with self._storage.read() as tx:
            return await find_result(tx, job_id, action, actor)

    async def picture(self, image_id: ImageId, action: Action, actor: Actor) -> Picked:
        """A picture that the member may do this with.

        Raises:
            ResultError: as in `find_picture`.
        """
        async with self._storage.read() as tx:
            return await find_picture(tx, image_id, action, actor)


def _authorised(job: Job | None, action: Action, actor: Actor) -> Job:
    if job is None or job.deleted_at is not None:
        raise ResultGone
    decision = may(action, actor, job)
    if isinstance(decision, Denied):
        raise ActionDenied(decision.rule)
    return job
