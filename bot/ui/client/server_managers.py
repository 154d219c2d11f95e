"""Messages to those who manage a server: in its system channel, else to its owner."""

import asyncio
from collections.abc import Callable

import aiohttp
import discord
import structlog

from bot.domain.ids import GuildId
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.client.server_recipient import recipient_of
from bot.ui.parts.panel import NO_MENTIONS

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 20.0


class ServerManagers:
    """Reaches a server's managers as far as it can."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def tell(self, guild_id: GuildId, draw: Callable[[Words], discord.ui.LayoutView]) -> None:
        """Send a message in the server's language; a failure to do so goes no further."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.wait_until_open()
                await self._connection.run(self._send(guild_id, draw))
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning(
                "managers_not_reached", guild_id=guild_id, cause=f"{type(error).__name__}: {error}"
            )

    async def _send(
        self, guild_id: GuildId, draw: Callable[[Words], discord.ui.LayoutView]
    ) -> None:
        guild = self._connection.client.get_guild(guild_id)
        if guild is None:
            log.warning("managers_not_reached", guild_id=guild_id, cause="the bot is not there")
            return
        view = draw(words_for(guild.preferred_locale.value))
        recipient = await recipient_of(guild, self._connection.client)
        await recipient.send(view=view, allowed_mentions=NO_MENTIONS)
