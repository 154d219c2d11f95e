"""Pictures as examples of proposed styles: those that a server was shown."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.asking.any_recipe import prompt_of
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.rounds.example import OwnPicture
from bot.storage.jobs.records import recipe_of
from bot.storage.tables import images, job_index, jobs


class SqlExampleRepository:
    """`ExampleRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def pictures(
        self, image_ids: Collection[ImageId], guild_id: GuildId, *, safe_only: bool
    ) -> Mapping[ImageId, StoredPicture]:
        """Those of the pictures that may be shown in the server now."""
        found = await self._connection.execute(
            select(
                images.c.id,
                images.c.picture_sha256,
                images.c.picture_content_type,
                images.c.picture_size_bytes,
            )
            .join(jobs, jobs.c.id == images.c.job_id)
            .join(job_index, job_index.c.job_id == jobs.c.id)
            .where(images.c.id.in_(list(image_ids)), *_to_be_seen(guild_id, safe_only=safe_only))
        )
        return {
            ImageId(row.id): StoredPicture(
                sha256=row.picture_sha256,
                content_type=row.picture_content_type,
                size_bytes=row.picture_size_bytes,
            )
            for row in found
        }

    async def shown(self, image_ids: Collection[ImageId]) -> frozenset[ImageId]:
        """Those of the pictures that were ever shown to all, deleted and hidden ones included."""
        found = await self._connection.execute(
            select(images.c.id)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(
                images.c.id.in_(list(image_ids)),
                images.c.state.in_([ImageState.DELIVERED, ImageState.HIDDEN]),
                jobs.c.private.is_(False),
            )
        )
        return frozenset(ImageId(image_id) for image_id in found.scalars())

    async def of_member(
        self, user_id: UserId, guild_id: GuildId, *, safe_only: bool, limit: int
    ) -> Sequence[OwnPicture]:
        """A member's last pictures that the server was shown, the newest first."""
        found = await self._connection.execute(
            select(images.c.id, jobs.c.recipe, jobs.c.created_at)
            .join(jobs, jobs.c.id == images.c.job_id)
            .join(job_index, job_index.c.job_id == jobs.c.id)
            .where(jobs.c.user_id == user_id, *_to_be_seen(guild_id, safe_only=safe_only))
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc(), images.c.position)
            .limit(limit)
        )
        return [
            OwnPicture(ImageId(row.id), prompt_of(recipe_of(row.recipe)), row.created_at)
            for row in found
        ]

    async def in_message(self, channel_id: ChannelId, message_id: MessageId) -> ImageId | None:
        """The first picture of the result that a message shows."""
        found = await self._connection.scalar(
            select(images.c.id)
            .join(jobs, jobs.c.id == images.c.job_id)
            .where(
                jobs.c.shown_channel_id == channel_id,
                jobs.c.shown_message_id == message_id,
                images.c.state == ImageState.DELIVERED,
            )
            .order_by(images.c.position)
            .limit(1)
        )
        return None if found is None else ImageId(found)

    async def owner_of(self, image_id: ImageId) -> UserId | None:
        """Who asked for a picture."""
        found = await self._connection.scalar(
            select(jobs.c.user_id)
            .join(images, images.c.job_id == jobs.c.id)
            .where(images.c.id == image_id)
        )
        return None if found is None else UserId(found)


def _to_be_seen(guild_id: GuildId, *, safe_only: bool) -> Iterator[ColumnElement[bool]]:
    """The conditions of images, jobs and their index by which all in a server may see a picture."""
    yield images.c.picture_sha256.is_not(None)
    yield images.c.state == ImageState.DELIVERED
    yield jobs.c.guild_id == guild_id
    yield jobs.c.private.is_(False)
    yield jobs.c.deleted_at.is_(None)
    if safe_only:
        yield job_index.c.safe.is_(True)
