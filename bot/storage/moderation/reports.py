"""What members have reported."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.moderation.report import Report
from bot.storage.engine.upsert import insert_into
from bot.storage.tables import report_channels, reports


class SqlReportRepository:
    """`ReportRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, report: Report) -> bool:
        """Keep a report; False, and nothing written, if the member has reported the picture."""
        added = await self._connection.execute(
            insert_into(self._connection, reports)
            .values(
                image_id=report.image_id,
                user_id=report.user_id,
                guild_id=report.guild_id or 0,
                reason=report.reason,
                weight=report.weight,
                created_at=report.created_at,
            )
            .on_conflict_do_nothing(index_elements=[reports.c.image_id, reports.c.user_id])
            .returning(reports.c.image_id)
        )
        return added.one_or_none() is not None

    async def has(self, user_id: UserId, image_id: ImageId) -> bool:
        """Whether a member has reported a picture."""
        found = await self._connection.execute(
            select(reports.c.image_id).where(
                reports.c.image_id == image_id, reports.c.user_id == user_id
            )
        )
        return found.one_or_none() is not None

    async def channel_of(self, guild_id: GuildId) -> ChannelId | None:
        """Where a server's moderators are told of reports; None if nowhere."""
        found = await self._connection.execute(
            select(report_channels.c.channel_id).where(report_channels.c.guild_id == guild_id)
        )
        return found.scalar_one_or_none()

    async def set_channel(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """Write down where a server's moderators are told of reports."""
        await self._connection.execute(
            insert_into(self._connection, report_channels)
            .values(guild_id=guild_id, channel_id=channel_id)
            .on_conflict_do_update(
                index_elements=[report_channels.c.guild_id], set_={"channel_id": channel_id}
            )
        )

    async def clear_channel(self, guild_id: GuildId) -> None:
        """Write down that they are told nowhere."""
        await self._connection.execute(
            delete(report_channels).where(report_channels.c.guild_id == guild_id)
        )
