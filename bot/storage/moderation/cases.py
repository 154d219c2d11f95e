"""Reported pictures, and what became of their reports."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import ImageState
from bot.domain.moderation.report_case import OpenCase, ReportOutcome
from bot.storage.engine.one_at_a_time import Queue, one_at_a_time
from bot.storage.jobs.records import AnyRow, Record, shown_of
from bot.storage.tables import images, jobs, reports

_NO_PICTURE: Record = {
    "picture_sha256": None,
    "picture_content_type": None,
    "picture_size_bytes": None,
    "enhanced_prompt": None,
}


class SqlCaseRepository:
    """`CaseRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold_alike(self, image_id: ImageId) -> Sequence[ImageId]:
        """The images of a server that show the same picture; no other report comes in between.

        Nor does one of the same member on another picture: a limit on them holds.
        """
        await one_at_a_time(self._connection, Queue.REPORTS)
        wanted = (await self._alike(image_id)).with_for_update(key_share=True)
        return [ImageId(each) for each in await self._connection.scalars(wanted)]

    async def alike(self, image_id: ImageId) -> Sequence[ImageId]:
        """The same, without keeping anybody waiting."""
        wanted = await self._alike(image_id)
        return [ImageId(each) for each in await self._connection.scalars(wanted)]

    async def weights(self, image_ids: Collection[ImageId]) -> Sequence[float]:
        """What the open reports of the images weigh, each member's once."""
        found = await self._connection.execute(
            select(func.max(reports.c.weight))
            .where(reports.c.image_id.in_(image_ids), reports.c.outcome.is_(None))
            .group_by(reports.c.user_id)
        )
        return list(found.scalars())

    async def hide(self, image_ids: Collection[ImageId]) -> Sequence[JobId]:
        """Hide those that are shown, and say of which jobs."""
        return await self._change(
            image_ids, images.c.state == ImageState.DELIVERED, {"state": ImageState.HIDDEN}
        )

    async def restore(self, image_ids: Collection[ImageId]) -> Sequence[JobId]:
        """Show those again that are hidden, and say of which jobs."""
        return await self._change(
            image_ids, images.c.state == ImageState.HIDDEN, {"state": ImageState.DELIVERED}
        )

    async def remove(self, image_ids: Collection[ImageId]) -> Sequence[JobId]:
        """Take the pictures away for good, and say of which jobs."""
        was_shown = images.c.state.in_([ImageState.DELIVERED, ImageState.HIDDEN])
        return await self._change(
            image_ids, was_shown, {"state": ImageState.REMOVED, **_NO_PICTURE}
        )

    async def close(
        self, image_ids: Collection[ImageId], outcome: ReportOutcome, *, now: datetime
    ) -> int:
        """Decide the open reports, and say how many there were; none if somebody has before."""
        closed = await self._connection.execute(
            update(reports)
            .where(reports.c.image_id.in_(image_ids), reports.c.outcome.is_(None))
            .values(outcome=outcome, decided_at=now)
        )
        return closed.rowcount

    async def open_cases(self, guild_id: GuildId, *, limit: int) -> Sequence[OpenCase]:
        """Pictures on which nobody has decided, the longest waiting first."""
        is_here = and_(reports.c.guild_id == guild_id, reports.c.outcome.is_(None))
        cases = (
            select(
                reports.c.image_id,
                func.count().label("reports"),
                func.min(reports.c.created_at).label("first_at"),
            )
            .where(is_here)
            .group_by(reports.c.image_id)
            .subquery("cases")
        )
        found = await self._connection.execute(
            select(
                cases,
                images.c.state,
                jobs.c.user_id,
                jobs.c.shown_channel_id,
                jobs.c.shown_message_id,
            )
            .join(images, images.c.id == cases.c.image_id)
            .join(jobs, jobs.c.id == images.c.job_id)
            .order_by(cases.c.first_at, cases.c.image_id)
            .limit(limit)
        )
        rows = found.all()
        reasons = await self._first_reasons([row.image_id for row in rows])
        return [_case_of(row, guild_id, reasons[row.image_id]) for row in rows]

    async def rejected_since(self, user_id: UserId, guild_id: GuildId, since: datetime) -> int:
        """How many of a member's reports were rejected in a server since then."""
        counted = await self._connection.execute(
            select(func.count())
            .select_from(reports)
            .where(
                reports.c.user_id == user_id,
                reports.c.guild_id == guild_id,
                reports.c.outcome == ReportOutcome.REJECTED,
                reports.c.decided_at > since,
            )
        )
        return counted.scalar_one()

    async def reported_since(self, user_id: UserId, since: datetime) -> Sequence[datetime]:
        """When a member has reported since then, wherever, the oldest first."""
        found = await self._connection.scalars(
            select(reports.c.created_at)
            .where(reports.c.user_id == user_id, reports.c.created_at > since)
            .order_by(reports.c.created_at)
        )
        return list(found)

    async def _alike(self, image_id: ImageId) -> Select[*tuple[str]]:
        found = await self._connection.execute(
            select(images.c.picture_sha256, jobs.c.guild_id)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(images.c.id == image_id)
        )
        row = found.one_or_none()
        same: ColumnElement[bool] = false()
        if row is not None and row.picture_sha256 is not None and row.guild_id is not None:
            here = select(jobs.c.id).where(jobs.c.id == images.c.job_id)
            same = and_(
                images.c.picture_sha256 == row.picture_sha256,
                here.where(jobs.c.guild_id == row.guild_id).exists(),
            )
        # In one order, so that two that hold the same images wait for each other.
        return select(images.c.id).where(or_(images.c.id == image_id, same)).order_by(images.c.id)

    async def _change(
        self, image_ids: Collection[ImageId], condition: ColumnElement[bool], values: Record
    ) -> Sequence[JobId]:
        changed = await self._connection.execute(
            update(images)
            .where(images.c.id.in_(image_ids), condition)
            .values(values)
            .returning(images.c.job_id)
        )
        return sorted({JobId(job_id) for job_id in changed.scalars()})

    async def _first_reasons(self, image_ids: Sequence[str]) -> dict[str, str]:
        found = await self._connection.execute(
            select(reports.c.image_id, reports.c.reason)
            .where(reports.c.image_id.in_(image_ids), reports.c.outcome.is_(None))
            .order_by(reports.c.created_at.desc(), reports.c.user_id.desc())
        )
        return {row.image_id: row.reason for row in found}


def _case_of(row: AnyRow, guild_id: GuildId, reason: str) -> OpenCase:
    return OpenCase(
        image_id=ImageId(row.image_id),
        guild_id=guild_id,
        author=UserId(row.user_id),
        hidden=row.state is ImageState.HIDDEN,
        reports=row.reports,
        reason=reason,
        first_at=row.first_at,
        shown=shown_of(row),
    )
