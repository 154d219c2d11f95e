"""Direct messages to members about their conduct."""

import asyncio

import aiohttp
import discord

from bot.domain.conduct.notice import ConductNotice
from bot.services.ports import UndeliverableError
from bot.text.moderation.people import notice_text
from bot.text.quoting import as_name
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS, panel
from bot.ui.parts.style import ICON_RULES, LANTERN

SEND_TIMEOUT_S = 20.0

_SEND_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class MemberMessages:
    """Reaches members privately, as far as they let it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def tell_conduct(self, notice: ConductNotice) -> None:
        """Send a member a direct message, in the server's language.

        Raises:
            UndeliverableError: if the member takes none, or Discord did not take it.
        """
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.wait_until_open()
                await self._connection.run(self._send(notice))
        except _SEND_FAILURES as error:
            raise UndeliverableError(f"{type(error).__name__}: {error}") from error

    async def _send(self, notice: ConductNotice) -> None:
        client = self._connection.client
        guild = client.get_guild(notice.guild_id)
        words = words_for(guild.preferred_locale.value if guild is not None else "")
        channel = await client.create_dm(discord.Object(notice.user_id))
        view = conduct_panel(notice, server_name(client, notice), words)
        await channel.send(view=view, allowed_mentions=NO_MENTIONS)


def conduct_panel(notice: ConductNotice, server: str | None, words: Words) -> discord.ui.LayoutView:
    """What a member is told."""
    return panel(f"{ICON_RULES} {notice_text(notice, server, words)}", colour=LANTERN)


def server_name(client: discord.Client, notice: ConductNotice) -> str | None:
    """The name of the server a notice is about, if the bot is in it."""
    guild = client.get_guild(notice.guild_id)
    return as_name(guild.name) if guild is not None else None
