"""Messages in a server's log channel."""

import asyncio
from collections.abc import Sequence

import aiohttp
import discord
import structlog

from bot.domain.moderation.audit import LogChannel, LoggedAct
from bot.services.ports import DeliveryDelayedError, UndeliverableError
from bot.text.moderation.log import log_ended
from bot.text.words import words_for
from bot.ui.client.connection import Connection
from bot.ui.client.server_recipient import recipient_of
from bot.ui.moderation.moderation_log_panel import told_panel
from bot.ui.parts.panel import NO_MENTIONS, remark
from bot.ui.parts.style import ICON_RULES, LANTERN

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 20.0

_NOT_NOW = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordLogMessages:
    """Writes to log channels; nobody is called, whatever an entry says."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def tell_log(self, channel: LogChannel, acts: Sequence[LoggedAct]) -> None:
        """Show entries in a channel, in the server's language.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not write there any more.
            DeliveryDelayedError: if they did not get through now.
        """
        if not self._connection.is_open:
            raise DeliveryDelayedError("the bot has not logged in yet")
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(self._send(channel, acts))
        except (discord.NotFound, discord.Forbidden) as error:
            raise UndeliverableError(_told(error)) from error
        except _NOT_NOW as error:
            raise DeliveryDelayedError(_told(error)) from error

    async def tell_log_ended(self, channel: LogChannel) -> None:
        """Tell those who manage the server that its log is told there no more; never raises."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(self._send_ended(channel))
        except (*_NOT_NOW, DeliveryDelayedError) as error:
            log.warning("managers_not_reached", guild_id=channel.guild_id, cause=_told(error))

    async def _send(self, channel: LogChannel, acts: Sequence[LoggedAct]) -> None:
        guild = self._guild_of(channel)
        place = self._connection.client.get_partial_messageable(channel.channel_id)
        await place.send(
            view=told_panel(acts, words_for(guild.preferred_locale.value)),
            allowed_mentions=NO_MENTIONS,
            nonce=f"log-{acts[0].number}-{acts[-1].number}",
        )

    async def _send_ended(self, channel: LogChannel) -> None:
        guild = self._guild_of(channel)
        words = words_for(guild.preferred_locale.value)
        view = remark(ICON_RULES, log_ended(channel.channel_id, words), colour=LANTERN)
        recipient = await recipient_of(guild, self._connection.client)
        await recipient.send(view=view, allowed_mentions=NO_MENTIONS)

    def _guild_of(self, channel: LogChannel) -> discord.Guild:
        """The server, as the gateway has told of it; until then nothing is sent."""
        guild = self._connection.client.get_guild(channel.guild_id)
        if guild is None:
            raise DeliveryDelayedError("the bot does not see the server")
        return guild


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
