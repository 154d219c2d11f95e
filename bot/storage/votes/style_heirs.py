"""Which style a style's votes and battles count for: itself, or the one it was merged into.

Votes, credits, holds and battles keep the key of the style that was painted in, so that merging
rewrites none of them. Whoever sums them asks here.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId
from bot.domain.voting.credits import read_style_key, server_style_key
from bot.domain.voting.vote import Subject, SubjectKind
from bot.storage.votes.tables import server_styles

_STYLE = select(server_styles.c.id, server_styles.c.merged_into)


async def heirs_in(connection: AsyncConnection, guild_id: GuildId) -> dict[str, str]:
    """By the keys of a server's merged styles, those of the styles that they count for."""
    return await _heirs(
        connection,
        _STYLE.where(
            server_styles.c.guild_id == guild_id, server_styles.c.merged_into.is_not(None)
        ),
    )


async def held_heirs_of(connection: AsyncConnection, keys: Collection[str]) -> dict[str, str]:
    """The same for some keys; no style of them is merged before this transaction has ended."""
    ids = _ids(keys)
    if not ids:
        return {}
    held = _STYLE.where(server_styles.c.id.in_(ids)).order_by(server_styles.c.id)
    return await _heirs(connection, held.with_for_update(read=True))


async def heir_of(connection: AsyncConnection, subject: Subject) -> Subject:
    """The subject that votes for a subject count for."""
    ids = _ids([subject.key]) if subject.kind is SubjectKind.STYLE else []
    if not ids:
        return subject
    heirs = await _heirs(connection, _STYLE.where(server_styles.c.id.in_(ids)))
    return Subject(subject.kind, heirs.get(subject.key, subject.key))


async def keys_counted_for(connection: AsyncConnection, subject: Subject) -> list[str]:
    """The keys of all that counts for the same as a subject does, that one's own first."""
    heir = await heir_of(connection, subject)
    ids = _ids([heir.key]) if heir.kind is SubjectKind.STYLE else []
    if not ids:
        return [heir.key]
    merged = await connection.scalars(
        select(server_styles.c.id).where(server_styles.c.merged_into.in_(ids))
    )
    return [heir.key, *map(server_style_key, merged)]


async def _heirs(connection: AsyncConnection, query: Select[Any]) -> dict[str, str]:
    found = await connection.execute(query)
    return {
        server_style_key(row.id): server_style_key(row.merged_into)
        for row in found
        if row.merged_into is not None
    }


def _ids(keys: Collection[str]) -> list[str]:
    """The ids of the servers' styles among some keys."""
    read = (read_style_key(key)[0] for key in keys)
    return sorted({style_id for style_id in read if style_id is not None})
