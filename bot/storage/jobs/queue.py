"""How much waits, and what is ahead of whom: a part of `JobRepository`."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Integer, String, bindparam, exists, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey, ChannelId, JobId, ModelId, UserId
from bot.domain.jobs.admission import QueueLength
from bot.domain.jobs.job import ImageState, JobState
from bot.domain.jobs.progress import QueuePlace, Workload
from bot.storage.engine.column_types import Snowflake
from bot.storage.engine.one_at_a_time import Queue, one_at_a_time
from bot.storage.jobs.turns import AHEAD, is_free, moments
from bot.storage.tables import images, is_open, jobs

_WAITS = select(
    exists().where(
        is_open,
        is_free,
        jobs.c.id.not_in(bindparam("in_hand", type_=String, expanding=True)),
    )
)

_QUEUE_LENGTH = select(
    func.count(),
    func.count().filter(jobs.c.user_id == bindparam("member", type_=Snowflake)),
    func.count().filter(is_free),
).where(is_open)

_RECENT = (
    select(images.c.duration_ms)
    .join(jobs, jobs.c.id == images.c.job_id)
    .where(
        jobs.c.model == bindparam("model", type_=jobs.c.model.type),
        images.c.duration_ms.is_not(None),
    )
    .order_by(jobs.c.created_at.desc(), images.c.position.desc())
    .limit(bindparam("most", type_=Integer))
)


class SqlJobQueue:
    """On a connection that is in a transaction."""

    _connection: AsyncConnection

    async def waits(self, *, now: datetime, in_hand: Collection[JobId] = ()) -> bool:
        """Whether any job waits for a worker, be its member's turn or not."""
        found = await self._connection.execute(_WAITS, {"now": now, "in_hand": list(in_hand)})
        return bool(found.scalar_one())

    async def images_ahead(self, job_id: JobId, *, now: datetime) -> QueuePlace | None:
        """What is in front of a job that waits, if nothing else comes; None if it does not wait."""
        ahead = await self._connection.execute(AHEAD, {"job_id": job_id, **moments(now)})
        found = ahead.one_or_none()
        return None if found is None else QueuePlace(jobs=found.jobs, images=found.images)

    async def recent_durations_ms(self, model: ModelId, *, limit: int) -> list[int]:
        """How long the model's last images took, newest first."""
        found = await self._connection.scalars(_RECENT, {"model": model, "most": limit})
        return list(found)

    async def open_images_of(self, account: AccountKey) -> int:
        """How many images of a member's open jobs are not done yet."""
        counted = await self._connection.execute(
            select(func.count())
            .select_from(jobs.join(images, images.c.job_id == jobs.c.id))
            .where(
                is_open,
                jobs.c.account == account,
                images.c.state.in_([ImageState.QUEUED, ImageState.SENT]),
            )
        )
        return counted.scalar_one()

    async def count_open(self) -> int:
        """How many jobs are queued, running or being delivered."""
        counted = await self._connection.execute(
            select(func.count()).select_from(jobs).where(is_open)
        )
        return counted.scalar_one()

    async def workload(self) -> Workload:
        """The open jobs by state, and since when the oldest waits."""
        found = await self._connection.execute(
            select(jobs.c.state, func.count().label("number"), func.min(jobs.c.created_at))
            .where(is_open)
            .group_by(jobs.c.state)
        )
        rows = found.all()
        return Workload(
            by_state={state: number for state, number, _ in rows},
            oldest_queued_at=next(
                (oldest for state, _, oldest in rows if state is JobState.QUEUED), None
            ),
        )

    async def await_admission(self) -> None:
        """Let nothing else be taken in until this transaction ends, so that limits hold."""
        await one_at_a_time(self._connection, Queue.ADMISSIONS)

    async def queue_length(self, user_id: UserId, *, now: datetime) -> QueueLength:
        """How many jobs are open, how many of them are a member's, and how many wait."""
        counted = await self._connection.execute(_QUEUE_LENGTH, {"member": user_id, "now": now})
        all_jobs, own_jobs, waiting = counted.one()
        return QueueLength(jobs=all_jobs, of_member=own_jobs, waiting=waiting)

    async def last_asked_at(
        self, user_id: UserId, channel_id: ChannelId, *, since: datetime, before: datetime
    ) -> datetime | None:
        """When a member asked for pictures in a channel last, between two moments."""
        found = await self._connection.scalars(
            select(jobs.c.created_at)
            .where(
                jobs.c.user_id == user_id,
                jobs.c.channel_id == channel_id,
                jobs.c.created_at > since,
                jobs.c.created_at < before,
                not_(jobs.c.shared),
            )
            .order_by(jobs.c.created_at.desc())
            .limit(1)
        )
        return found.one_or_none()
