"""Which pictures members have marked for themselves, and how often each was marked.

Every method here that changes marks changes the counts with them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ImageId, UserId
from bot.storage.engine.upsert import insert_into
from bot.storage.members.tables import favourite_counts
from bot.storage.tables import favourites, images, jobs
from bot.storage.votes.counting import lock_images

_IMAGES_A_STATEMENT = 500


class SqlFavouriteRepository:
    """`FavouriteRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, user_id: UserId, image_id: ImageId, *, now: datetime) -> None:
        """Mark a picture, once."""
        await lock_images(self._connection, [image_id])
        added = await self._connection.execute(
            insert_into(self._connection, favourites)
            .values(user_id=user_id, image_id=image_id, created_at=now)
            .on_conflict_do_nothing(index_elements=[favourites.c.user_id, favourites.c.image_id])
            .returning(favourites.c.image_id)
        )
        if added.one_or_none() is not None:
            await self._count_one_more(image_id)

    async def remove(self, user_id: UserId, image_id: ImageId) -> bool:
        """Take a mark back; False if there was none."""
        removed = await self._connection.execute(
            delete(favourites).where(
                favourites.c.user_id == user_id, favourites.c.image_id == image_id
            )
        )
        if removed.rowcount == 0:
            return False
        await self._count_one_less([image_id])
        return True

    async def remove_everybodys(self, image_ids: Sequence[ImageId]) -> None:
        """Take back every mark on pictures that are no more."""
        # A mark that is being made is waited for, and then in sight.
        await lock_images(self._connection, image_ids)
        for table in (favourites, favourite_counts):
            await self._connection.execute(delete(table).where(table.c.image_id.in_(image_ids)))

    async def remove_all_of(self, user_id: UserId) -> None:
        """Take back every mark of a member."""
        is_theirs = favourites.c.user_id == user_id
        await self._connection.execute(
            select(images.c.id)
            .where(images.c.id.in_(select(favourites.c.image_id).where(is_theirs)))
            .order_by(images.c.id)
            .with_for_update(key_share=True)
        )
        removed = await self._connection.execute(
            delete(favourites).where(is_theirs).returning(favourites.c.image_id)
        )
        for some in _portions(removed.scalars().all()):
            await self._count_one_less(some)

    async def _count_one_more(self, image_id: ImageId) -> None:
        columns = favourite_counts.c
        job = (
            select(images.c.id, jobs.c.guild_id, 1, jobs.c.created_at)
            .join_from(images, jobs, jobs.c.id == images.c.job_id)
            .where(images.c.id == image_id)
        )
        await self._connection.execute(
            insert_into(self._connection, favourite_counts)
            .from_select(
                [columns.image_id, columns.guild_id, columns.favourites, columns.asked_at], job
            )
            .on_conflict_do_update(
                index_elements=[columns.image_id], set_={"favourites": columns.favourites + 1}
            )
        )

    async def _count_one_less(self, image_ids: Sequence[ImageId]) -> None:
        is_one = favourite_counts.c.image_id.in_(image_ids)
        await self._connection.execute(
            update(favourite_counts)
            .where(is_one)
            .values(favourites=favourite_counts.c.favourites - 1)
        )
        await self._connection.execute(
            delete(favourite_counts).where(is_one, favourite_counts.c.favourites == 0)
        )


def _portions(image_ids: Sequence[str]) -> Iterator[list[ImageId]]:
    """In one order for all, so that nobody waits in a circle; a statement takes only so many."""
    ordered = [ImageId(each) for each in sorted(image_ids)]
    for start in range(0, len(ordered), _IMAGES_A_STATEMENT):
        yield ordered[start : start + _IMAGES_A_STATEMENT]
