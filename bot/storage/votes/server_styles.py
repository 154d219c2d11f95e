"""The styles that servers keep."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import TypeAdapter
from sqlalchemy import String, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId
from bot.domain.preferences.preset import preset_key
from bot.domain.styles.server_style import ServerStyle
from bot.domain.voting.credits import server_style_key
from bot.domain.voting.span import Span
from bot.domain.voting.vote import SubjectKind, Tally
from bot.storage.engine.one_at_a_time import Queue, one_at_a_time
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.votes.tables import server_styles, vote_tallies
from bot.storage.votes.tallies import tally_of

_STYLE = TypeAdapter(ServerStyle)


class SqlServerStyleRepository:
    """`ServerStyleRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[ServerStyle]:
        """Every server's styles, retired and merged ones included."""
        found = await self._connection.execute(select(server_styles).order_by(server_styles.c.id))
        return [style_of(row) for row in found]

    async def tallies(self) -> Mapping[str, Tally]:
        """What votes of all time come to, by the style's id; those without votes are left out."""
        subject = literal(server_style_key(""), String) + server_styles.c.id
        found = await self._connection.execute(
            select(server_styles.c.id, vote_tallies).join_from(
                server_styles,
                vote_tallies,
                (vote_tallies.c.guild_id == server_styles.c.guild_id)
                & (vote_tallies.c.kind == SubjectKind.STYLE)
                & (vote_tallies.c.span == Span.ALL.value)
                & (vote_tallies.c.subject == subject),
            )
        )
        return {row.id: tally_of(row) for row in found}

    async def hold(self) -> None:
        """Let nobody else write a style until this transaction ends: of a name there is one."""
        await one_at_a_time(self._connection, Queue.STYLES)

    async def get(self, style_id: str) -> ServerStyle | None:
        """A style."""
        found = await self._connection.execute(
            select(server_styles).where(server_styles.c.id == style_id)
        )
        row = found.one_or_none()
        return None if row is None else style_of(row)

    async def count(self, guild_id: GuildId) -> int:
        """How many styles a server has, without those that were merged into others."""
        counted = await self._connection.scalar(
            select(func.count())
            .select_from(server_styles)
            .where(server_styles.c.guild_id == guild_id, server_styles.c.merged_into.is_(None))
        )
        return counted or 0

    async def save(self, style: ServerStyle) -> bool:
        """Write a style, new or changed; False if another of the server has its name.

        Whether it was merged stays as it is: whoever writes it may not know of that yet.
        """
        await self.hold()
        key = preset_key(style.name)
        holder = await self._connection.scalar(
            select(server_styles.c.id).where(
                server_styles.c.guild_id == style.guild_id, server_styles.c.key == key
            )
        )
        if holder not in (None, style.id):
            return False
        changes = {"key": key, "value": _STYLE.dump_json(style, exclude={"merged_into"}).decode()}
        await self._connection.execute(
            insert_into(self._connection, server_styles)
            .values(id=style.id, guild_id=style.guild_id, **changes)
            .on_conflict_do_update(index_elements=[server_styles.c.id], set_=changes)
        )
        return True


def style_of(row: AnyRow) -> ServerStyle:
    """The style of a row."""
    return replace(_STYLE.validate_json(row.value), merged_into=row.merged_into)
