"""Asking a server's moderators about held votes."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

import aiohttp
import discord

from bot.domain.ids import ChannelId
from bot.domain.voting.holding import HoldNotice
from bot.services.ports import DeliveryDelayedError, UndeliverableError
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.client.server_recipient import recipient_of
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.votes.vote_check_panel import hold_panel, hold_reminder_panel

SEND_TIMEOUT_S = 20.0

_NOT_NOW = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

_Panel: TypeAlias = Callable[[HoldNotice, Words], discord.ui.LayoutView]


class DiscordHoldMessages:
    """Reaches moderators on Discord, in the server's language; nobody is called."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def tell_hold(self, channel_id: ChannelId | None, notice: HoldNotice) -> None:
        """Ask moderators about held votes: in their channel, else those who manage the server.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not write there.
            DeliveryDelayedError: if it did not get through now.
        """
        await self._deliver(channel_id, notice, hold_panel, f"hold-{notice.hold.id}")

    async def remind_of_hold(self, channel_id: ChannelId | None, notice: HoldNotice) -> None:
        """Ask them once more.

        Raises:
            UndeliverableError, DeliveryDelayedError: as `tell_hold` does.
        """
        nonce = f"held-{notice.hold.id}"
        await self._deliver(channel_id, notice, hold_reminder_panel, nonce)

    async def _deliver(
        self, channel_id: ChannelId | None, notice: HoldNotice, drawn: _Panel, nonce: str
    ) -> None:
        if not self._connection.is_open:
            raise DeliveryDelayedError("the bot has not logged in yet")
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(self._send(channel_id, notice, drawn, nonce))
        except (discord.NotFound, discord.Forbidden) as error:
            raise UndeliverableError(_told(error)) from error
        except _NOT_NOW as error:
            raise DeliveryDelayedError(_told(error)) from error

    async def _send(
        self, channel_id: ChannelId | None, notice: HoldNotice, drawn: _Panel, nonce: str
    ) -> None:
        client = self._connection.client
        guild = client.get_guild(notice.hold.guild_id)
        if guild is None:
            raise DeliveryDelayedError("the bot does not see the server")
        place: discord.abc.Messageable
        if channel_id is None:
            place = await recipient_of(guild, client)
        else:
            place = client.get_partial_messageable(channel_id)
        await place.send(
            view=drawn(notice, words_for(guild.preferred_locale.value)),
            allowed_mentions=NO_MENTIONS,
            nonce=nonce,
        )


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
