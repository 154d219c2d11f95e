"""What members have reported."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ImageId, UserId
from bot.domain.report import Report
from bot.storage.tables import reports
from bot.storage.upsert import insert_into


class SqlReportRepository:
    """`ReportRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, report: Report) -> bool:
        """Keep a report; False, and nothing written, if the member has reported the picture."""
        added = await self._connection.execute(
            insert_into(self._connection, reports)
            .values(
                image_id=report.image_id,
                user_id=report.user_id,
                reason=report.reason,
                created_at=report.created_at,
            )
            .on_conflict_do_nothing(index_elements=[reports.c.image_id, reports.c.user_id])
            .returning(reports.c.image_id)
        )
        return added.one_or_none() is not None

    async def has(self, user_id: UserId, image_id: ImageId) -> bool:
        """Whether a member has reported a picture."""
        found = await self._connection.execute(
            select(reports.c.image_id).where(
                reports.c.image_id == image_id, reports.c.user_id == user_id
            )
        )
        return found.one_or_none() is not None
