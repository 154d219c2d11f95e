"""Where servers' logs are told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, GuildId
from bot.domain.moderation.audit import LogChannel
from bot.storage.engine.upsert import insert_into
from bot.storage.moderation.audit import is_untold
from bot.storage.moderation.tables import audit_log, log_channels


class SqlLogChannelRepository:
    """`LogChannelRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, *, ended_before: datetime) -> Sequence[LogChannel]:
        """The channels for which `AuditRepository.untold` has something."""
        has_untold = (
            select(audit_log.c.number)
            .where(
                audit_log.c.guild_id == log_channels.c.guild_id,
                *is_untold(log_channels.c.since, ended_before),
            )
            .exists()
        )
        found = await self._connection.execute(select(log_channels).where(has_untold))
        return [
            LogChannel(GuildId(row.guild_id), ChannelId(row.channel_id), row.since) for row in found
        ]

    async def choose(self, channel: LogChannel) -> None:
        """Tell a server's log in a channel."""
        values = {"channel_id": channel.channel_id, "since": channel.since}
        await self._connection.execute(
            insert_into(self._connection, log_channels)
            .values(guild_id=channel.guild_id, **values)
            .on_conflict_do_update(index_elements=[log_channels.c.guild_id], set_=values)
        )

    async def clear(self, guild_id: GuildId, channel_id: ChannelId | None = None) -> bool:
        """Tell a server's log nowhere, if it is told there; False if it was not."""
        conditions = [log_channels.c.guild_id == guild_id]
        if channel_id is not None:
            conditions.append(log_channels.c.channel_id == channel_id)
        removed = await self._connection.execute(delete(log_channels).where(*conditions))
        return removed.rowcount > 0
