"""Which pictures members have marked for themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ImageId, UserId
from bot.storage.engine.upsert import insert_into
from bot.storage.tables import favourites


class SqlFavouriteRepository:
    """`FavouriteRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, user_id: UserId, image_id: ImageId, *, now: datetime) -> None:
        """Mark a picture, once."""
        await self._connection.execute(
            insert_into(self._connection, favourites)
            .values(user_id=user_id, image_id=image_id, created_at=now)
            .on_conflict_do_nothing(index_elements=[favourites.c.user_id, favourites.c.image_id])
        )

    async def remove(self, user_id: UserId, image_id: ImageId) -> bool:
        """Take a mark back; False if there was none."""
        removed = await self._connection.execute(
            delete(favourites).where(
                favourites.c.user_id == user_id, favourites.c.image_id == image_id
            )
        )
        return removed.rowcount > 0

    async def remove_everybodys(self, image_ids: Sequence[ImageId]) -> None:
        """Take back every mark on pictures that are no more."""
        await self._connection.execute(
            delete(favourites).where(favourites.c.image_id.in_(image_ids))
        )
