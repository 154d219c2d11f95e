"""Servers' rules of who may take part in what."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, RoleId
from bot.domain.voting.taking_part import Circle, Doing
from bot.storage.engine.upsert import insert_into
from bot.storage.votes.tables import taking_part_rules


class SqlTakingPartRepository:
    """`TakingPartRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[tuple[GuildId, Doing, Circle]]:
        """What every server has said."""
        found = await self._connection.execute(select(taking_part_rules))
        return [
            (
                GuildId(row.guild_id),
                row.doing,
                Circle(row.kind, None if row.role_id is None else RoleId(row.role_id)),
            )
            for row in found
        ]

    async def put(self, guild_id: GuildId, doing: Doing, circle: Circle) -> None:
        """Write who may do something, in place of what was said before."""
        changes = {"kind": circle.kind, "role_id": circle.role_id}
        await self._connection.execute(
            insert_into(self._connection, taking_part_rules)
            .values(guild_id=guild_id, doing=doing, **changes)
            .on_conflict_do_update(
                index_elements=[taking_part_rules.c.guild_id, taking_part_rules.c.doing],
                set_=changes,
            )
        )
