"""What others do to the messages that starboards and contests are about."""

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.domain.ids import MessageId
from bot.services.starboard.starboards import StarboardService

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class DeletedMessages(commands.Cog):
    """Hears of messages that members and moderators delete, its own and others'."""

    def __init__(self, starboards: StarboardService) -> None:
        self._starboards = starboards

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """One message."""
        await self._starboards.messages_deleted([MessageId(payload.message_id)])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many at once."""
        await self._starboards.messages_deleted([MessageId(each) for each in payload.message_ids])


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(DeletedMessages(client.services.community.starboards))
