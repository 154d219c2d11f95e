"""What members are told of their conduct."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conduct.notice import ConductNotice
from bot.domain.ids import GuildId, UserId
from bot.storage.engine.column_types import Snowflake
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.moderation.conduct_tables import conduct_notices

_table = conduct_notices
WAITS_FOR_MEMBER = and_(
    _table.c.user_id == bindparam("member", type_=Snowflake),
    _table.c.waits_since.is_not(None),
    _table.c.told_at.is_(None),
)
_TAKING = update(_table).where(WAITS_FOR_MEMBER).returning(*_table.c)


class SqlConductNoticeRepository:
    """`ConductNoticeRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection, *, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now

    async def add(self, notice: ConductNotice) -> None:
        """Write down what is to be told."""
        await self._connection.execute(
            insert_into(self._connection, _table).values(
                id=notice.id,
                user_id=notice.user_id,
                guild_id=notice.guild_id,
                news=notice.news,
                reason=notice.reason,
                until=notice.until,
                strikes=notice.strikes,
                cancelled=notice.cancelled,
                created_at=notice.created_at,
            )
        )

    async def untold(self, notice_id: str) -> ConductNotice | None:
        """What was neither told nor waits for the member's next command."""
        found = await self._connection.execute(
            select(_table).where(
                _table.c.id == notice_id,
                _table.c.told_at.is_(None),
                _table.c.waits_since.is_(None),
            )
        )
        row = found.one_or_none()
        return None if row is None else _notice_of(row)

    async def note_told(self, notice_id: str) -> None:
        """Write down that it was told."""
        await self._connection.execute(
            update(_table).where(_table.c.id == notice_id).values(told_at=self._now())
        )

    async def let_wait(self, notice_id: str) -> None:
        """Keep it for the member's next command."""
        await self._connection.execute(
            update(_table).where(_table.c.id == notice_id).values(waits_since=self._now())
        )

    async def note_cancelled(self, notice_id: str) -> None:
        """Count one more request that was cancelled."""
        await self._connection.execute(
            update(_table).where(_table.c.id == notice_id).values(cancelled=_table.c.cancelled + 1)
        )

    async def take(self, user_id: UserId) -> Sequence[ConductNotice]:
        """What waits for a member, oldest first; it is told once."""
        taken = await self._connection.execute(_TAKING, {"member": user_id, "told_at": self._now()})
        found = [_notice_of(row) for row in taken]
        return sorted(found, key=lambda notice: (notice.created_at, notice.id))


def _notice_of(row: AnyRow) -> ConductNotice:
    return ConductNotice(
        id=row.id,
        user_id=UserId(row.user_id),
        guild_id=GuildId(row.guild_id),
        news=row.news,
        reason=row.reason,
        until=row.until,
        strikes=row.strikes,
        created_at=row.created_at,
        cancelled=row.cancelled,
    )
