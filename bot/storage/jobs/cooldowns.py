"""What members' cooldowns rest on."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import UserId
from bot.domain.jobs.cooldown import NO_REQUESTS, Conduct
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.tables import cooldowns

_MOMENTS = TypeAdapter(tuple[datetime, ...])
_OF_MEMBER = select(cooldowns).where(cooldowns.c.user_id == bindparam("member"))


class SqlCooldownRepository:
    """`CooldownRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_member(self, user_id: UserId) -> Conduct:
        """The conduct of a member, of whom nothing may be known."""
        found = await self._connection.execute(_OF_MEMBER, {"member": user_id})
        row = found.one_or_none()
        return NO_REQUESTS if row is None else _conduct_of(row)

    async def note_request(self, user_id: UserId, *, now: datetime) -> None:
        """Write down when a member has asked, and nothing else."""
        asked = {"last_request_at": now, "changed_at": now}
        await self._connection.execute(
            insert_into(self._connection, cooldowns)
            .values(user_id=user_id, **asked)
            .on_conflict_do_update(index_elements=[cooldowns.c.user_id], set_=asked)
        )

    async def hold(self, user_id: UserId, *, now: datetime) -> Conduct:
        """The same, for a change: no other transaction can make one until this one ends."""
        await self._connection.execute(
            insert_into(self._connection, cooldowns)
            .values(user_id=user_id, changed_at=now)
            .on_conflict_do_nothing(index_elements=[cooldowns.c.user_id])
        )
        held = await self._connection.execute(
            select(cooldowns).where(cooldowns.c.user_id == user_id).with_for_update(key_share=True)
        )
        return _conduct_of(held.one())

    async def save(self, user_id: UserId, conduct: Conduct, *, now: datetime) -> None:
        """Write the conduct of a member that was held."""
        await self._connection.execute(
            update(cooldowns)
            .where(cooldowns.c.user_id == user_id)
            .values(
                last_request_at=conduct.last_request_at,
                failed_at=_MOMENTS.dump_json(conduct.failed_at).decode(),
                paused_until=conduct.paused_until,
                changed_at=now,
            )
        )

    async def forget_before(self, moment: datetime) -> int:
        """Delete what has not changed since, and say of how many members."""
        forgotten = await self._connection.execute(
            delete(cooldowns).where(cooldowns.c.changed_at < moment)
        )
        return forgotten.rowcount


def _conduct_of(row: AnyRow) -> Conduct:
    return Conduct(
        last_request_at=row.last_request_at,
        failed_at=_MOMENTS.validate_json(row.failed_at),
        paused_until=row.paused_until,
    )
