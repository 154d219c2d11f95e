"""Notices that wait for a member's next command."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import JobId, UserId
from bot.domain.jobs.notice import Notice
from bot.storage.engine.column_types import Snowflake
from bot.storage.engine.upsert import insert_into
from bot.storage.moderation.conduct_notices import WAITS_FOR_MEMBER
from bot.storage.moderation.reviews import UNTOLD_TO_MEMBER
from bot.storage.tables import notices

_UNTOLD_TO_MEMBER = and_(
    notices.c.user_id == bindparam("member", type_=Snowflake), notices.c.told_at.is_(None)
)
_WAITS = select(
    or_(
        exists().where(_UNTOLD_TO_MEMBER),
        exists().where(WAITS_FOR_MEMBER),
        exists().where(UNTOLD_TO_MEMBER),
    )
)
_TAKING = update(notices).where(_UNTOLD_TO_MEMBER).returning(*notices.c)


class SqlNoticeRepository:
    """`NoticeRepository` on a connection that is in a transaction.

    A notice that was told stays as a row, so that its job never causes a second one.
    """

    def __init__(self, connection: AsyncConnection, *, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now

    async def add(self, notice: Notice) -> None:
        """Keep a notice, once a job."""
        await self._connection.execute(
            insert_into(self._connection, notices)
            .values(
                job_id=notice.job_id,
                user_id=notice.user_id,
                refunded_images=notice.refunded_images,
                created_at=notice.created_at,
            )
            .on_conflict_do_nothing(index_elements=[notices.c.job_id])
        )

    async def anything_waits(self, user_id: UserId) -> bool:
        """Whether a notice, news of their conduct or a decision waits to be told to a member."""
        return bool(await self._connection.scalar(_WAITS, {"member": user_id}))

    async def take(self, user_id: UserId) -> Sequence[Notice]:
        """The member's notices, oldest first; they are told once."""
        taken = await self._connection.execute(_TAKING, {"member": user_id, "told_at": self._now()})
        found = [
            Notice(JobId(row.job_id), UserId(row.user_id), row.refunded_images, row.created_at)
            for row in taken
        ]
        return sorted(found, key=lambda notice: (notice.created_at, notice.job_id))
