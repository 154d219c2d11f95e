"""The pages that members have opened."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import UserId
from bot.domain.library.browsing import PageQuery, PageState
from bot.storage.engine.letting_go import delete_free
from bot.storage.tables import page_states

_QUERY: TypeAdapter[PageQuery] = TypeAdapter(Annotated[PageQuery, Field(discriminator="kind")])


class SqlPageStateRepository:
    """`PageStateRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, state: PageState) -> None:
        """Remember a page."""
        await self._connection.execute(
            page_states.insert().values(
                id=state.id,
                user_id=state.user_id,
                query=_QUERY.dump_json(state.query).decode(),
                expires_at=state.expires_at,
            )
        )

    async def get(self, state_id: str, *, now: datetime) -> PageState | None:
        """A page that has not expired."""
        found = await self._connection.execute(
            select(page_states).where(page_states.c.id == state_id, page_states.c.expires_at > now)
        )
        row = found.one_or_none()
        if row is None:
            return None
        return PageState(
            row.id, UserId(row.user_id), _QUERY.validate_json(row.query), row.expires_at
        )

    async def remove_expired(self, *, now: datetime) -> int:
        """Forget the pages that have expired, and say how many there were."""
        removed = await self._connection.execute(
            delete_free(page_states.c.id, page_states.c.expires_at <= now)
        )
        return removed.rowcount
