"""Held pictures, and what was decided on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, MessageId, UserId
from bot.domain.jobs.job import JobState, MessageAddress
from bot.domain.moderation.review import AGAINST, ReviewCase, ReviewState
from bot.storage.engine.column_types import Snowflake
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow, Record
from bot.storage.moderation.review_tables import review_channels, reviews
from bot.storage.tables import images, jobs

_waits = reviews.c.state == ReviewState.WAITING
_went_against = reviews.c.state.in_(sorted(AGAINST))

# Made once: every picture needs them, and making one takes longer than executing it.
_OF_JOB = select(reviews).where(reviews.c.job_id == bindparam("job"))
_LOCKING = select(jobs.c.id).where(jobs.c.id == bindparam("job")).with_for_update(key_share=True)
UNTOLD_TO_MEMBER = and_(
    reviews.c.user_id == bindparam("member", type_=Snowflake),
    _went_against,
    reviews.c.told_at.is_(None),
)
_TELLING = update(reviews).where(UNTOLD_TO_MEMBER).returning(*reviews.c)


class SqlReviewRepository:
    """`ReviewRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, case: ReviewCase) -> None:
        """Write a case, once a picture."""
        await self._connection.execute(
            insert_into(self._connection, reviews)
            .values(_record(case))
            .on_conflict_do_nothing(index_elements=[reviews.c.image_id])
        )

    async def get(self, image_id: ImageId) -> ReviewCase | None:
        """The case of a picture."""
        found = await self._find(reviews.c.image_id == image_id)
        return found[0] if found else None

    async def of_job(self, job_id: JobId) -> Sequence[ReviewCase]:
        """The cases of a job's pictures."""
        return _in_order(await self._connection.execute(_OF_JOB, {"job": job_id}))

    async def waiting(self, guild_id: GuildId) -> Sequence[ReviewCase]:
        """What a server's moderators have to decide on, the oldest first."""
        return await self._find(and_(reviews.c.guild_id == guild_id, _waits))

    async def lock_job(self, job_id: JobId) -> None:
        """Keep others from moving a job on until the transaction ends."""
        await self._connection.execute(_LOCKING, {"job": job_id})

    async def conclude(
        self,
        image_id: ImageId,
        state: ReviewState,
        *,
        by: UserId | None,
        reason: str = "",
        now: datetime,
    ) -> bool:
        """End a case that waits; False, and nothing written, if it does not wait any more."""
        decided = await self._connection.execute(
            update(reviews)
            .where(reviews.c.image_id == image_id, _waits)
            .values(state=state, decided_by=by, decided_at=now, reason=reason, told_at=None)
        )
        return decided.rowcount > 0

    async def release(self, job_id: JobId, *, from_states: frozenset[JobState]) -> bool:
        """Let a job that is in one of the states be delivered once more; False if it is not."""
        released = await self._connection.execute(
            update(jobs)
            .where(
                jobs.c.id == job_id,
                jobs.c.state.in_(sorted(from_states)),
                jobs.c.deleted_at.is_(None),
            )
            .values(
                state=JobState.DELIVERING,
                earlier_claims=jobs.c.fence,
                owner=None,
                lease_until=None,
            )
        )
        return released.rowcount > 0

    async def reopen(self, image_id: ImageId, *, now: datetime, expires_at: datetime) -> bool:
        """Let a case that was decided against wait once more, and never again; False if not."""
        reopened = await self._connection.execute(
            update(reviews)
            .where(reviews.c.image_id == image_id, _went_against, reviews.c.appealed_at.is_(None))
            .values(
                state=ReviewState.WAITING,
                appealed_at=now,
                expires_at=expires_at,
                rejected_by=reviews.c.decided_by,
                decided_by=None,
                decided_at=None,
                told_at=None,
                message_channel_id=None,
                message_id=None,
            )
        )
        return reopened.rowcount > 0

    async def withdraw(self, job_id: JobId, *, now: datetime) -> Sequence[ReviewCase]:
        """End the cases of a job that wait, because its member deletes it; those that did."""
        withdrawn = await self._connection.execute(
            update(reviews)
            .where(reviews.c.job_id == job_id, _waits)
            .values(state=ReviewState.WITHDRAWN, decided_at=now)
            .returning(*reviews.c)
        )
        return _in_order(withdrawn)

    async def set_message(self, image_id: ImageId, message: MessageAddress) -> None:
        """Write down where moderators are asked."""
        await self._connection.execute(
            update(reviews)
            .where(reviews.c.image_id == image_id)
            .values(message_channel_id=message.channel_id, message_id=message.message_id)
        )

    async def take_untold(self, user_id: UserId, *, now: datetime) -> Sequence[ReviewCase]:
        """The decisions against a member's pictures that they were not told of; told once."""
        return _in_order(
            await self._connection.execute(_TELLING, {"member": user_id, "told_at": now})
        )

    async def set_told(self, image_id: ImageId, *, now: datetime) -> None:
        """Write down that the member was told of the decision."""
        await self._connection.execute(
            update(reviews).where(reviews.c.image_id == image_id, _went_against).values(told_at=now)
        )

    async def pictures_needed(self, *, decided_since: datetime) -> frozenset[str]:
        """The hashes of the pictures of results of which something waits, or may be appealed.

        All pictures of such a result: it is shown again as a whole.
        """
        open_to_appeal = and_(
            _went_against,
            reviews.c.appealed_at.is_(None),
            reviews.c.decided_at >= decided_since,
        )
        concerned = select(reviews.c.job_id).where(or_(_waits, open_to_appeal))
        found = await self._connection.execute(
            select(images.c.picture_sha256).where(
                images.c.job_id.in_(concerned), images.c.picture_sha256.is_not(None)
            )
        )
        return frozenset(found.scalars())

    async def channel_of(self, guild_id: GuildId) -> ChannelId | None:
        """Where a server's moderators are asked; None if nowhere."""
        found = await self._connection.execute(
            select(review_channels.c.channel_id).where(review_channels.c.guild_id == guild_id)
        )
        return found.scalar_one_or_none()

    async def set_channel(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """Write down where they are asked."""
        await self._connection.execute(
            insert_into(self._connection, review_channels)
            .values(guild_id=guild_id, channel_id=channel_id)
            .on_conflict_do_update(
                index_elements=[review_channels.c.guild_id], set_={"channel_id": channel_id}
            )
        )

    async def clear_channel(self, guild_id: GuildId) -> None:
        """Write down that they are asked nowhere."""
        await self._connection.execute(
            delete(review_channels).where(review_channels.c.guild_id == guild_id)
        )

    async def _find(self, condition: ColumnElement[bool]) -> Sequence[ReviewCase]:
        return _in_order(await self._connection.execute(select(reviews).where(condition)))


def _in_order(rows: Iterable[AnyRow]) -> list[ReviewCase]:
    return sorted(map(_case_of, rows), key=lambda case: (case.held_at, case.image_id))


def _record(case: ReviewCase) -> Record:
    return {
        "image_id": case.image_id,
        "job_id": case.job_id,
        "guild_id": case.guild_id,
        "channel_id": case.channel_id,
        "user_id": case.user_id,
        "rule": case.rule,
        "state": case.state,
        "held_at": case.held_at,
        "expires_at": case.expires_at,
        "decided_at": case.decided_at,
        "decided_by": case.decided_by,
        "reason": case.reason,
        "appealed_at": case.appealed_at,
        "rejected_by": case.rejected_by,
        "told_at": case.told_at,
        "message_channel_id": case.message and case.message.channel_id,
        "message_id": case.message and case.message.message_id,
    }


def _case_of(row: AnyRow) -> ReviewCase:
    return ReviewCase(
        image_id=ImageId(row.image_id),
        job_id=JobId(row.job_id),
        guild_id=GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        user_id=UserId(row.user_id),
        rule=row.rule,
        state=row.state,
        held_at=row.held_at,
        expires_at=row.expires_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
        appealed_at=row.appealed_at,
        rejected_by=row.rejected_by,
        told_at=row.told_at,
        message=_message_of(row),
    )


def _message_of(row: AnyRow) -> MessageAddress | None:
    if row.message_id is None:
        return None
    return MessageAddress(
        channel_id=ChannelId(row.message_channel_id), message_id=MessageId(row.message_id)
    )
