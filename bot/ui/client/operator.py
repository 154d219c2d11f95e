"""Messages to the operator: to the alert channel, else to the owners."""

import asyncio
from collections.abc import Iterable

import aiohttp
import discord
import structlog

from bot.domain.ids import ChannelId, UserId
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS, panel
from bot.ui.parts.style import BRICK, ICON_FAILED

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 20.0


class OperatorMessages:
    """Reaches the operator on Discord as far as it can; the log has every alert anyway."""

    def __init__(
        self, connection: Connection, *, channel: ChannelId | None, owners: Iterable[UserId]
    ) -> None:
        self._connection = connection
        self._channel = channel
        self._owners = tuple(owners)

    async def tell_operator(self, text: str) -> None:
        """Send a message; a failure to do so is logged and goes no further."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.wait_until_open()
                await self._connection.run(self._send(text))
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("operator_not_reached", cause=f"{type(error).__name__}: {error}")

    async def _send(self, text: str) -> None:
        for recipient in await self._recipients():
            view = panel(f"{ICON_FAILED} {text}", colour=BRICK)
            await recipient.send(view=view, allowed_mentions=NO_MENTIONS)

    async def _recipients(self) -> list[discord.abc.Messageable]:
        client = self._connection.client
        if self._channel is not None:
            return [client.get_partial_messageable(self._channel)]
        return [await client.create_dm(discord.Object(owner)) for owner in self._owners]
