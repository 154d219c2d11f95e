"""Jobs and their images."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ImageId, JobId, ModelId
from bot.domain.job import (
    TERMINAL_JOB_STATES,
    ImageState,
    Job,
    JobImage,
    JobState,
    LeaseLostError,
    MessageAddress,
)
from bot.domain.progress import QueuePlace
from bot.storage.library import index_record
from bot.storage.records import (
    AnyRow,
    Record,
    image_record,
    job_of,
    job_record,
    shown_record,
    words_record,
)
from bot.storage.tables import images, is_open, job_index, jobs
from bot.storage.upsert import insert_into

_LEASED_STATES = frozenset({JobState.RUNNING, JobState.DELIVERING})
"""States that a job is in because a worker holds it; every other one lets go of the lease."""

_NO_LEASE: Record = {"owner": None, "lease_until": None}


class SqlJobRepository:
    """`JobRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, job: Job, *, idempotency_key: str) -> bool:
        """Write a new job with its images and what it is found by; False if the key was used."""
        added = await self._connection.execute(
            insert_into(self._connection, jobs)
            .values(job_record(job, idempotency_key=idempotency_key))
            .on_conflict_do_nothing(index_elements=[jobs.c.idempotency_key])
            .returning(jobs.c.id)
        )
        if added.one_or_none() is None:
            return False
        rows = [
            {"job_id": job.id, "parent_image_id": image.parent, **image_record(image)}
            for image in job.images
        ]
        # One statement: a cancelled executemany leaves psycopg in the middle of its pipeline.
        await self._connection.execute(images.insert().values(rows))
        await self._connection.execute(job_index.insert().values(index_record(job)))
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

    async def claim_next(self, *, owner: str, now: datetime, lease_until: datetime) -> Job | None:
        """Take the oldest open job that nobody holds, or whose lease has expired."""
        oldest = (
            select(jobs.c.id)
            .where(is_open, or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now))
            .order_by(jobs.c.created_at, jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        claimed = await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == oldest.scalar_subquery())
            .values(owner=owner, lease_until=lease_until, fence=jobs.c.fence + 1)
            .returning(*jobs.c)
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

    async def set_state(self, job_id: JobId, state: JobState, *, fence: int, now: datetime) -> None:
        """Move a job on; a terminal state wipes the interaction's token and lets go of the lease.

        Raises:
            LeaseLostError: if it was claimed again since.
        """
        values: Record = {"state": state}
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
        # The lock holds off a claim until this is committed: a worker that claims the job
        # afterwards sees the image as it is now, and sends nothing twice.
        held = await self._connection.execute(
            select(jobs.c.id).where(jobs.c.id == job_id, jobs.c.fence == fence).with_for_update()
        )
        if held.one_or_none() is None:
            raise LeaseLostError(job_id)
        saved = await self._connection.execute(
            update(images)
            .where(images.c.id == image.id, images.c.job_id == job_id)
            .values(image_record(image))
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

    async def is_cancelled(self, job_id: JobId) -> bool:
        """Whether it was asked that nothing more of a job be sent."""
        found = await self._connection.execute(
            select(jobs.c.id).where(jobs.c.id == job_id, jobs.c.cancelled_at.is_not(None))
        )
        return found.one_or_none() is not None

    async def claim(
        self, job_id: JobId, *, owner: str, now: datetime, lease_until: datetime
    ) -> Job | None:
        """Take one job that nobody holds; None if a worker has it, or it has ended."""
        free = or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        claimed = await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job_id, is_open, free)
            .values(owner=owner, lease_until=lease_until, fence=jobs.c.fence + 1)
            .returning(*jobs.c)
        )
        return await self._with_images(claimed.one_or_none())

    async def images_ahead(self, job_id: JobId) -> QueuePlace | None:
        """What is in front of a job that waits; None if it does not wait."""
        mine = await self._connection.execute(
            select(jobs.c.created_at).where(jobs.c.id == job_id, jobs.c.state == JobState.QUEUED)
        )
        created_at = mine.scalar_one_or_none()
        if created_at is None:
            return None
        ahead = await self._connection.execute(
            select(func.count(jobs.c.id.distinct()), func.count())
            .select_from(jobs.join(images, images.c.job_id == jobs.c.id))
            .where(
                is_open,
                tuple_(jobs.c.created_at, jobs.c.id) < tuple_(created_at, job_id),
                images.c.state.in_([ImageState.QUEUED, ImageState.SENT]),
            )
        )
        job_count, image_count = ahead.one()
        return QueuePlace(jobs=job_count, images=image_count)

    async def recent_durations_ms(self, model: ModelId, *, limit: int) -> list[int]:
        """How long the model's last images took, newest first."""
        found = await self._connection.execute(
            select(images.c.duration_ms)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(jobs.c.model == model, images.c.duration_ms.is_not(None))
            .order_by(jobs.c.created_at.desc(), images.c.position.desc())
            .limit(limit)
        )
        return list(found.scalars())

    async def set_shown(self, job_id: JobId, shown: MessageAddress, *, fence: int) -> None:
        """Write down where a job's result is shown.

        Raises:
            LeaseLostError: if the job was claimed again since.
        """
        await self._update(job_id, fence, shown_record(shown))

    async def save_wiped(self, job: Job) -> None:
        """Write a job that was wiped of its member's words and of its pictures."""
        await self._connection.execute(
            update(jobs)
            .where(jobs.c.id == job.id)
            .values(**words_record(job), deleted_at=job.deleted_at)
        )
        for image in job.images:
            await self._connection.execute(
                update(images).where(images.c.id == image.id).values(image_record(image))
            )

    async def pictures_in_use(self, sha256s: frozenset[str]) -> frozenset[str]:
        """Those of the hashes that some image still names."""
        found = await self._connection.execute(
            select(images.c.picture_sha256).where(images.c.picture_sha256.in_(sha256s)).distinct()
        )
        return frozenset(found.scalars())

    async def pictures_of_open_jobs(self) -> frozenset[str]:
        """The hashes of the pictures that jobs not yet ended still need."""
        found = await self._connection.execute(
            select(images.c.picture_sha256)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(jobs.c.state.not_in(TERMINAL_JOB_STATES), images.c.picture_sha256.is_not(None))
        )
        return frozenset(found.scalars())

    async def count_open(self) -> int:
        """How many jobs are queued, running or being delivered."""
        counted = await self._connection.execute(
            select(func.count()).select_from(jobs).where(is_open)
        )
        return counted.scalar_one()

    async def _update(self, job_id: JobId, fence: int, values: Record) -> None:
        updated = await self._connection.execute(
            update(jobs).where(jobs.c.id == job_id, jobs.c.fence == fence).values(values)
        )
        if updated.rowcount == 0:
            raise LeaseLostError(job_id)

    async def _find(self, condition: ColumnElement[bool]) -> Job | None:
        found = await self._connection.execute(select(jobs).where(condition))
        return await self._with_images(found.one_or_none())

    async def _with_images(self, row: AnyRow | None) -> Job | None:
        if row is None:
            return None
        found = await self._connection.execute(
            select(images).where(images.c.job_id == row.id).order_by(images.c.position)
        )
        return job_of(row, found.all())
