"""Small facts that the bot keeps about itself."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.upsert import insert_into
from bot.storage.tables import markers


class SqlMarkerRepository:
    """`MarkerRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, name: str) -> str | None:
        """A marker's value."""
        found = await self._connection.execute(
            select(markers.c.value).where(markers.c.name == name)
        )
        return found.scalar_one_or_none()

    async def change(self, name: str, value: str) -> bool:
        """Write a marker; False if it has that value already, whoever wrote it."""
        changed = await self._connection.execute(
            insert_into(self._connection, markers)
            .values(name=name, value=value)
            .on_conflict_do_update(
                index_elements=[markers.c.name],
                set_={"value": value},
                where=markers.c.value != value,
            )
            .returning(markers.c.name)
        )
        return changed.one_or_none() is not None

    async def set(self, name: str, value: str) -> None:
        """Write a marker."""
        await self._connection.execute(
            insert_into(self._connection, markers)
            .values(name=name, value=value)
            .on_conflict_do_update(index_elements=[markers.c.name], set_={"value": value})
        )
