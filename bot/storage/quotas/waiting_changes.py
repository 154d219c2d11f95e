"""Changes of quotas that wait for their manager's word."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, TypeAdapter
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, UserId
from bot.domain.quotas.limit_change import Change, WaitingChange
from bot.storage.engine.letting_go import delete_free
from bot.storage.quotas.tables import waiting_changes

_CHANGE: TypeAdapter[Change] = TypeAdapter(Annotated[Change, Field(discriminator="kind")])


class SqlWaitingChangeRepository:
    """`WaitingChangeRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, waiting: WaitingChange) -> None:
        """Keep a change until it is applied or expires."""
        await self._connection.execute(
            insert(waiting_changes).values(
                id=waiting.id,
                guild_id=waiting.guild_id,
                user_id=waiting.user_id,
                change=_CHANGE.dump_json(waiting.change, exclude_none=True).decode(),
                expires_at=waiting.expires_at,
            )
        )

    async def take(self, change_id: str, user_id: UserId, *, now: datetime) -> WaitingChange | None:
        """Let go of a member's own change, once; None if there is none, or it has expired."""
        taken = await self._connection.execute(
            delete(waiting_changes)
            .where(
                waiting_changes.c.id == change_id,
                waiting_changes.c.user_id == user_id,
                waiting_changes.c.expires_at > now,
            )
            .returning(waiting_changes)
        )
        row = taken.one_or_none()
        if row is None:
            return None
        return WaitingChange(
            id=row.id,
            guild_id=GuildId(row.guild_id),
            user_id=UserId(row.user_id),
            change=_CHANGE.validate_json(row.change),
            expires_at=row.expires_at,
        )

    async def remove_expired(self, *, now: datetime) -> int:
        """Forget the changes that have expired, and say how many there were."""
        removed = await self._connection.execute(
            delete_free(waiting_changes.c.id, waiting_changes.c.expires_at <= now)
        )
        return removed.rowcount
