"""All that is known of a result, and where it came from."""

from dataclasses import dataclass

from bot.domain.gate.permissions import Action, Actor
from bot.domain.ids import ImageId, JobId
from bot.domain.jobs.job import Job
from bot.domain.library.lineage import Ancestor, ancestor
from bot.services.results.results import find_result
from bot.services.storage_ports import Storage, Transaction

MAX_ANCESTORS = 10
"""How far back a lineage is followed."""


@dataclass(frozen=True, slots=True)
class ResultDetails:
    """A result and its ancestors, the nearest first."""

    job: Job
    lineage: tuple[Ancestor, ...]


class DetailsService:
    """Reads the record of a result."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def details(self, job_id: JobId, actor: Actor) -> ResultDetails:
        """All that is known of a result.

        Raises:
            ResultError: if it is gone, or the member may not see it.
        """
        async with self._storage.read() as tx:
            job = await find_result(tx, job_id, Action.DETAILS, actor)
            return ResultDetails(job, await _lineage(tx, job, actor))


async def _lineage(tx: Transaction, job: Job, actor: Actor) -> tuple[Ancestor, ...]:
    ancestors: list[Ancestor] = []
    parent_id = _parent_of(job)
    while parent_id is not None and len(ancestors) < MAX_ANCESTORS:
        parent_job = await tx.jobs.by_image(parent_id)
        if parent_job is None:
            break
        parent = next(image for image in parent_job.images if image.id == parent_id)
        ancestors.append(ancestor(parent_job, parent, actor))
        parent_id = parent.parent
    return tuple(ancestors)


def _parent_of(job: Job) -> ImageId | None:
    """All images of a job have the same parent."""
    return next((image.parent for image in job.images), None)
