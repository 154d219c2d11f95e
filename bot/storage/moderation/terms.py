"""The servers' lists of blocked terms."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey, GuildId
from bot.domain.terms import Term
from bot.domain.terms.listed import ListedTerm
from bot.storage.engine.upsert import insert_into
from bot.storage.moderation.tables import blocked_terms

_AT_ONCE = 500
"""Rows in one statement; both databases limit the parameters of one."""


class SqlTermRepository:
    """`TermRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all_terms(
        self, guild_id: GuildId | None = None
    ) -> Sequence[tuple[GuildId, ListedTerm]]:
        """The terms of one server or of all, in the order in which they were added."""
        wanted = select(blocked_terms).order_by(blocked_terms.c.added_at, blocked_terms.c.text)
        if guild_id is not None:
            wanted = wanted.where(blocked_terms.c.guild_id == guild_id)
        found = await self._connection.execute(wanted)
        return [
            (
                GuildId(row.guild_id),
                ListedTerm(
                    Term(row.text, row.kind, row.language), AccountKey(row.account), row.added_at
                ),
            )
            for row in found
        ]

    async def add(self, guild_id: GuildId, terms: Sequence[ListedTerm]) -> int:
        """Write terms that are not there yet, and say how many those were."""
        before = await self.count(guild_id)
        for start in range(0, len(terms), _AT_ONCE):
            rows = [
                {
                    "guild_id": guild_id,
                    "text": listed.term.text,
                    "kind": listed.term.kind,
                    "language": listed.term.language,
                    "account": listed.added_by,
                    "added_at": listed.added_at,
                }
                for listed in terms[start : start + _AT_ONCE]
            ]
            key = [blocked_terms.c.guild_id, blocked_terms.c.text, blocked_terms.c.kind]
            await self._connection.execute(
                insert_into(self._connection, blocked_terms)
                .values(rows)
                .on_conflict_do_nothing(index_elements=key)
            )
        return await self.count(guild_id) - before

    async def remove(self, guild_id: GuildId, terms: Collection[Term]) -> int:
        """Remove terms, and say how many there were."""
        removed = 0
        for term in terms:
            gone = await self._connection.execute(
                delete(blocked_terms).where(
                    blocked_terms.c.guild_id == guild_id,
                    blocked_terms.c.text == term.text,
                    blocked_terms.c.kind == term.kind,
                )
            )
            removed += gone.rowcount
        return removed

    async def count(self, guild_id: GuildId) -> int:
        """How many terms a server has."""
        counted = await self._connection.execute(
            select(func.count()).where(blocked_terms.c.guild_id == guild_id)
        )
        return counted.scalar_one()
