"""Jobs and their images."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.domain.asking.any_recipe import inputs_of
from bot.domain.ids import ImageId, JobId
from bot.domain.jobs.job import (
    TERMINAL_JOB_STATES,
    Job,
    JobImage,
    JobState,
    LeaseLostError,
    MessageAddress,
)
from bot.storage.engine.column_types import UtcDateTime
from bot.storage.engine.one_at_a_time import Queue, one_at_a_time
from bot.storage.engine.upsert import insert_of
from bot.storage.jobs.holding import SqlJobHolding
from bot.storage.jobs.pictures import SqlJobPictures
from bot.storage.jobs.queue import SqlJobQueue
from bot.storage.jobs.records import (
    AnyRow,
    Record,
    image_record,
    job_of,
    job_record,
    shown_record,
    words_record,
)
from bot.storage.jobs.turns import NEXT_TURN, is_free, moments
from bot.storage.members.library import index_record
from bot.storage.tables import (
    images,
    is_open,
    job_index,
    job_inputs,
    jobs,
)

_LEASED_STATES = frozenset({JobState.RUNNING, JobState.DELIVERING})
"""States that a job is in because a worker holds it; every other one lets go of the lease."""

_NO_LEASE: Record = {"owner": None, "lease_until": None}

_CLAIM_NEXT = (
    update(jobs)
    .where(jobs.c.id == NEXT_TURN.scalar_subquery())
    .values(
        owner=bindparam("new_owner", type_=String),
        lease_until=bindparam("new_lease_until", type_=UtcDateTime),
        fence=jobs.c.fence + 1,
        state=case((jobs.c.state == JobState.QUEUED, JobState.RUNNING), else_=jobs.c.state),
        started_at=func.coalesce(jobs.c.started_at, bindparam("now", type_=UtcDateTime)),
    )
    .returning(*jobs.c)
)

_HELD = (
    select(jobs.c.id, jobs.c.cancelled_at)
    .where(jobs.c.id == bindparam("job"), jobs.c.fence == bindparam("held_by"))
    .with_for_update(key_share=True)
)
_ADDING_IMAGES = images.insert()
_ADDING_INDEX = job_index.insert()
_SAVING_IMAGE = update(images).where(
    images.c.id == bindparam("image"), images.c.job_id == bindparam("job")
)
_UPDATING = update(jobs).where(jobs.c.id == bindparam("job"), jobs.c.fence == bindparam("held_by"))
_IMAGES_OF = select(images).where(images.c.job_id == bindparam("job")).order_by(images.c.position)


@cache
def _adding(dialect: str) -> ReturningInsert[Any]:
    """Statements are made once: making one takes SQLAlchemy longer than SQLite to execute it."""
    insert = insert_of(dialect, jobs)
    return insert.on_conflict_do_nothing(index_elements=[jobs.c.idempotency_key]).returning(
        jobs.c.id
    )


class SqlJobRepository(SqlJobQueue, SqlJobHolding, SqlJobPictures):
    """`JobRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, job: Job, *, idempotency_key: str) -> bool:
        """Write a new job with its images and what it is found by; False if the key was used.

        One that a worker has already is begun in this moment.
        """
        started_at = job.created_at if job.owner is not None else None
        added = await self._connection.execute(
            _adding(self._connection.dialect.name),
            {**job_record(job, idempotency_key=idempotency_key), "started_at": started_at},
        )
        if added.one_or_none() is None:
            return False
        rows = [
            {"job_id": job.id, "parent_image_id": image.parent, **image_record(image)}
            for image in job.images
        ]
        await self._connection.execute(_ADDING_IMAGES, rows)
        hashes = sorted({picture.sha256 for picture in inputs_of(job.recipe)})
        if hashes:
            lent = [{"job_id": job.id, "sha256": sha256} for sha256 in hashes]
            await self._connection.execute(job_inputs.insert().values(lent))
        await self._connection.execute(_ADDING_INDEX, index_record(job))
        return True

    async def get(self, job_id: JobId) -> Job | None:
        """A job with its images."""
        return await self._find(jobs.c.id == job_id)

    async def by_image(self, image_id: ImageId) -> Job | None:
        """The job that an image belongs to."""
        job_id = select(images.c.job_id).where(images.c.id == image_id)
        return await self._find(jobs.c.id == job_id.scalar_subquery())

    async def by_idempotency_key(self, key: str) -> Job | None:
        """The job that was accepted under this key."""
        return await self._find(jobs.c.idempotency_key == key)

    async def claim_next(
        self,
        *,
        owner: str,
        now: datetime,
        lease_until: datetime,
        most_running: int,
        in_hand: Collection[JobId] = (),
    ) -> Job | None:
        """Take the open job whose turn it is by `bot.domain.jobs.turns`, if a worker may take any.

        One that was queued is running from then on.

        Those `in_hand` are left alone, whatever their leases say.
        """
        await one_at_a_time(self._connection, Queue.CLAIMS)
        claimed = await self._connection.execute(
            _CLAIM_NEXT,
            {
                "new_owner": owner,
                "new_lease_until": lease_until,
                "most_running": most_running,
                "in_hand": list(in_hand),
                **moments(now),
            },
        )
        return await self._with_images(claimed.one_or_none())

    async def renew(self, job_id: JobId, *, fence: int, lease_until: datetime) -> None:
        """Keep a claimed job for longer.

        Raises:
            LeaseLostError: if it was claimed again since.
        """
        await self._update(job_id, fence, {"lease_until": lease_until})

    async def expire_leases(self, *, now: datetime) -> int:
        """Let go of every claimed job, and say how many there were."""
        expired = await self._connection.execute(
            update(jobs)
            .where(is_open, jobs.c.lease_until > now)
            .values(owner=None, lease_until=now)
        )
        return expired.rowcount

    async def set_state(
        self,
        job_id: JobId,
        state: JobState,
        *,
        fence: int,
        now: datetime,
        shown: MessageAddress | None = None,
    ) -> None:
        """Move a job on; a terminal state wipes the interaction's token and lets go of the lease.

        Where its result is `shown` is written with it, unless that is None.

        Raises:
            LeaseLostError: if it was claimed again since.
        """
        values: Record = {"state": state}
        if shown is not None:
            values |= shown_record(shown)
        if state not in _LEASED_STATES:
            values |= _NO_LEASE
        if state in TERMINAL_JOB_STATES:
            values |= {"finished_at": now, "reply_token": None}
        await self._update(job_id, fence, values)

    async def save_image(self, job_id: JobId, image: JobImage, *, fence: int) -> None:
        """Write an image's state and what is known of it.

        Raises:
            LeaseLostError: if the job was claimed again since.
            LookupError: if the job has no such image.
        """
        await self.save_images(job_id, [image], fence=fence)

    async def save_images(self, job_id: JobId, saved: Collection[JobImage], *, fence: int) -> None:
        """Do the same of several, or of none; the job is held until the transaction is over.

        Raises:
            LeaseLostError, LookupError: as `save_image`.
        """
        await self._hold(job_id, fence)
        for image in saved:
            await self._save(job_id, image)

    async def save_last_image(self, job_id: JobId, image: JobImage, *, fence: int) -> None:
        """Do the same of the last that ends; the job goes on to its delivery.

        Raises:
            LeaseLostError, LookupError: as `save_image`.
        """
        # It holds the job as `_hold` does.
        await self._update(job_id, fence, {"state": JobState.DELIVERING})
        await self._save(job_id, image)

    async def send_image(self, job_id: JobId, image: JobImage, *, fence: int) -> bool:
        """Do the same before it is sent; False, and nothing written, if the job was cancelled.

        Raises:
            LeaseLostError, LookupError: as `save_image`.
        """
        held = await self._hold(job_id, fence)
        if held.cancelled_at is not None:
            return False
        await self._save(job_id, image)
        return True

    async def _hold(self, job_id: JobId, fence: int) -> AnyRow:
        """Hold off a claim until the transaction is over.

        A worker that claims the job afterwards sees its images as they are by then, and sends
        nothing twice.
        """
        found = await self._connection.execute(_HELD, {"job": job_id, "held_by": fence})
        held = found.one_or_none()
        if held is None:
            raise LeaseLostError(job_id)
        return held

    async def _save(self, job_id: JobId, image: JobImage) -> None:
        saved = await self._connection.execute(
            _SAVING_IMAGE, {"image": image.id, "job": job_id, **image_record(image)}
        )
        if saved.rowcount == 0:
            raise LookupError(f"job {job_id} has no image {image.id}")

    async def request_cancel(self, job_id: JobId, *, now: datetime) -> bool:
        """Ask that nothing more of a job be sent; False if it has ended or was asked before."""
        asked = await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job_id, is_open, jobs.c.cancelled_at.is_(None))
            .values(cancelled_at=now)
        )
        return asked.rowcount > 0

    async def claim(
        self, job_id: JobId, *, owner: str, now: datetime, lease_until: datetime
    ) -> Job | None:
        """Take one job that nobody holds; None if a worker has it, or it has ended."""
        claimed = await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job_id, is_open, is_free)
            .values(owner=owner, lease_until=lease_until, fence=jobs.c.fence + 1)
            .returning(*jobs.c),
            {"now": now},
        )
        return await self._with_images(claimed.one_or_none())

    async def set_shown(self, job_id: JobId, shown: MessageAddress, *, fence: int) -> None:
        """Write down where a job's result is shown.

        Raises:
            LeaseLostError: if the job was claimed again since.
        """
        await self._update(job_id, fence, shown_record(shown))

    async def save_wiped(self, job: Job) -> None:
        """Write a job that is held, wiped of its member's words and of its pictures."""
        await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job.id)
            .values(**words_record(job), deleted_at=job.deleted_at)
        )
        await self._connection.execute(delete(job_inputs).where(job_inputs.c.job_id == job.id))
        for image in job.images:
            await self._connection.execute(
                update(images).where(images.c.id == image.id).values(image_record(image))
            )

    async def _update(self, job_id: JobId, fence: int, values: Record) -> None:
        updated = await self._connection.execute(
            _UPDATING, {"job": job_id, "held_by": fence, **values}
        )
        if updated.rowcount == 0:
            raise LeaseLostError(job_id)

    async def _find(self, condition: ColumnElement[bool]) -> Job | None:
        found = await self._connection.execute(select(jobs).where(condition))
        return await self._with_images(found.one_or_none())

    async def _with_images(self, row: AnyRow | None) -> Job | None:
        if row is None:
            return None
        found = await self._connection.execute(_IMAGES_OF, {"job": row.id})
        return job_of(row, found.all())
