"""The one table of scheduled work."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs.schedule import ScheduledWork, TakenWork, WorkKind
from bot.storage.engine.upsert import insert_into
from bot.storage.schedule.tables import scheduled_work


class SqlScheduleRepository:
    """`ScheduleRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, work: ScheduledWork) -> None:
        """Schedule work; what was scheduled of the same kind for the subject is moved."""
        moved = {"due_at": work.due_at, "free_at": work.due_at, "attempts": 0}
        await self._connection.execute(
            insert_into(self._connection, scheduled_work)
            .values(kind=work.kind.value, subject=work.subject, **moved)
            .on_conflict_do_update(
                index_elements=[scheduled_work.c.kind, scheduled_work.c.subject], set_=moved
            )
        )

    async def remove(self, kind: WorkKind, subject: str) -> None:
        """Take work off, if there is any."""
        await self._connection.execute(
            delete(scheduled_work).where(
                scheduled_work.c.kind == kind.value, scheduled_work.c.subject == subject
            )
        )

    async def take_due(
        self, kinds: Collection[WorkKind], *, now: datetime, until: datetime, limit: int
    ) -> Sequence[TakenWork]:
        """Take work that is due and that nobody has taken; nobody else does until that moment."""
        found = await self._connection.execute(
            select(scheduled_work)
            .where(
                scheduled_work.c.free_at <= now,
                scheduled_work.c.kind.in_(sorted(kind.value for kind in kinds)),
            )
            .order_by(scheduled_work.c.due_at, scheduled_work.c.kind, scheduled_work.c.subject)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        )
        taken = [
            TakenWork(ScheduledWork(WorkKind(row.kind), row.subject, row.due_at), row.attempts + 1)
            for row in found
        ]
        if taken:
            await self._connection.execute(
                update(scheduled_work)
                .where(or_(*(_is(each.work) for each in taken)))
                .values(free_at=until, attempts=scheduled_work.c.attempts + 1)
            )
        return taken

    async def free_taken(self, *, now: datetime) -> int:
        """Let taken work be taken at once, that which was put off too; how much there was."""
        freed = await self._connection.execute(
            update(scheduled_work)
            .where(scheduled_work.c.attempts > 0, scheduled_work.c.free_at > now)
            .values(free_at=now)
        )
        return freed.rowcount

    async def put_off(self, work: ScheduledWork, *, until: datetime) -> None:
        """Leave taken work alone until then, unless it was scheduled anew since it was taken."""
        await self._connection.execute(
            update(scheduled_work).where(_is_as_taken(work)).values(free_at=until)
        )

    async def drop(self, work: ScheduledWork) -> None:
        """Take work off that was done before it was due, unless it was scheduled anew since."""
        await self._connection.execute(
            delete(scheduled_work).where(_is(work), scheduled_work.c.due_at == work.due_at)
        )

    async def finish(self, work: ScheduledWork) -> None:
        """Take work off that was done, unless it was scheduled anew since it was taken."""
        await self._connection.execute(delete(scheduled_work).where(_is_as_taken(work)))


def _is(work: ScheduledWork) -> ColumnElement[bool]:
    return and_(scheduled_work.c.kind == work.kind.value, scheduled_work.c.subject == work.subject)


def _is_as_taken(work: ScheduledWork) -> ColumnElement[bool]:
    """Scheduling anew sets the attempts back, so that even the same moment is told apart."""
    return and_(_is(work), scheduled_work.c.due_at == work.due_at, scheduled_work.c.attempts > 0)
