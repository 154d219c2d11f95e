"""The counts of votes, written onto messages that are there already."""

import asyncio
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import aiohttp
import discord
import structlog

from bot.domain.ids import ImageId
from bot.domain.jobs.job import MessageAddress
from bot.domain.voting.vote import Tally
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.votes.vote_buttons import relabel

log = structlog.get_logger(__name__)

_TIMEOUT_S = 10.0


class DiscordVoteMessages:
    """Edits nothing but labels: the rest of a message stays as Discord has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def show_counts(self, address: MessageAddress, counts: Mapping[ImageId, Tally]) -> None:
        """Write the counts onto a message's buttons. A failure is logged and goes no further."""
        if not self._connection.is_open:
            return
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                await self._connection.run(self._edit(address, counts))
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.info("counts_not_shown", message_id=address.message_id, cause=repr(error))

    async def _edit(self, address: MessageAddress, counts: Mapping[ImageId, Tally]) -> None:
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        message = await channel.fetch_message(address.message_id)
        view = discord.ui.LayoutView.from_message(message)
        if not relabel(view, counts):
            return
        name_attachments(view)
        view.stop()  # Its buttons are served by their custom ids, so the client need not keep it.
        await message.edit(view=view, attachments=message.attachments, allowed_mentions=NO_MENTIONS)


def name_attachments(view: discord.ui.LayoutView) -> None:
    """Let galleries name the message's own files: the addresses that Discord gives them expire."""
    for item in view.walk_children():
        if isinstance(item, discord.ui.MediaGallery):
            for picture in item.items:
                name = PurePosixPath(urlsplit(picture.media.url).path).name
                picture.media = discord.UnfurledMediaItem(f"attachment://{name}")
