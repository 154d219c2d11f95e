"""The pictures that servers' styles carry along."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.styles.references import StyleReference
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.votes.tables import server_styles, style_references

_ORDER = (style_references.c.added_at, style_references.c.sha256)


class SqlStyleReferenceRepository:
    """`StyleReferenceRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[StyleReference]:
        """Those of every server, each style's in the order they were brought."""
        found = await self._connection.execute(select(style_references).order_by(*_ORDER))
        return [_reference_of(row) for row in found]

    async def hold_of_server(self, guild_id: GuildId) -> Sequence[StyleReference]:
        """A server's, for a change: nobody else changes them in between."""
        await self._connection.execute(
            select(server_styles.c.id)
            .where(server_styles.c.guild_id == guild_id)
            .order_by(server_styles.c.id)
            .with_for_update(key_share=True)
        )
        found = await self._connection.execute(
            select(style_references)
            .where(style_references.c.guild_id == guild_id)
            .order_by(*_ORDER)
        )
        return [_reference_of(row) for row in found]

    async def add(self, reference: StyleReference) -> None:
        """Write down another picture of a style."""
        await self._connection.execute(
            insert_into(self._connection, style_references).values(
                style_id=reference.style_id,
                sha256=reference.picture.sha256,
                content_type=reference.picture.content_type,
                size_bytes=reference.picture.size_bytes,
                guild_id=reference.guild_id,
                user_id=reference.user_id,
                added_at=reference.added_at,
            )
        )

    async def remove(self, reference: StyleReference) -> None:
        """Forget a picture of a style."""
        await self._connection.execute(
            delete(style_references).where(
                style_references.c.style_id == reference.style_id,
                style_references.c.sha256 == reference.picture.sha256,
            )
        )

    async def brought_by(self, user_id: UserId) -> Sequence[StyleReference]:
        """Those that a member brought, in whatever server."""
        found = await self._connection.execute(
            select(style_references).where(style_references.c.user_id == user_id).order_by(*_ORDER)
        )
        return [_reference_of(row) for row in found]

    async def pictures(self) -> frozenset[str]:
        """The hashes of all of them."""
        found = await self._connection.execute(select(style_references.c.sha256).distinct())
        return frozenset(found.scalars())


def _reference_of(row: AnyRow) -> StyleReference:
    return StyleReference(
        style_id=row.style_id,
        guild_id=GuildId(row.guild_id),
        user_id=UserId(row.user_id),
        picture=StoredPicture(
            sha256=row.sha256, content_type=row.content_type, size_bytes=row.size_bytes
        ),
        added_at=row.added_at,
    )
