"""Messages to a server's moderators, in the channel that they have chosen."""

import asyncio

import aiohttp
import discord

from bot.domain.ids import ChannelId
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.media.fitting import PictureFitter, PictureUnfitError
from bot.services.moderation.report_desk import ReportMessage
from bot.services.ports import UndeliverableError
from bot.text.tools.tools import description_of
from bot.text.words import words_for
from bot.ui.client.connection import Connection
from bot.ui.moderation.report_panel import report_panel
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.uploads import Loader

SEND_TIMEOUT_S = 60.0

_SEND_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class ModeratorMessages:
    """Reaches moderators on Discord."""

    def __init__(self, connection: Connection, fitter: PictureFitter) -> None:
        self._connection = connection
        self._loader = Loader(fitter)

    async def tell_report(self, channel_id: ChannelId, message: ReportMessage) -> None:
        """Tell of a report in a channel, in the server's language.

        Raises:
            UndeliverableError: if it did not get through.
        """
        await self._connection.wait_until_open()
        try:
            await self._tell_with_picture(channel_id, message)
        except _SEND_FAILURES as error:
            raise UndeliverableError(f"{type(error).__name__}: {error}") from error

    async def _tell_with_picture(self, channel_id: ChannelId, message: ReportMessage) -> None:
        guild = self._connection.client.get_guild(message.guild_id)
        words = words_for(guild.preferred_locale.value if guild is not None else "")
        loading = self._loader.load(
            () if message.picture is None else (message.picture,),
            {},
            description=description_of(message.filed.job.request, words),
            file_limit_bytes=guild.filesize_limit if guild else DEFAULT_FILE_LIMIT_BYTES,
        )
        try:
            async with loading as load:
                picture = load.shown[0] if load.shown else None
                files = [file for file in load.files if isinstance(file, discord.File)]
                await self._send(channel_id, report_panel(message, picture, words), files)
        except PictureUnfitError:
            await self._send(channel_id, report_panel(message, None, words), [])

    async def _send(
        self, channel_id: ChannelId, view: discord.ui.LayoutView, files: list[discord.File]
    ) -> None:
        channel = self._connection.client.get_partial_messageable(channel_id)
        async with asyncio.timeout(SEND_TIMEOUT_S):
            await self._connection.run(
                channel.send(view=view, files=files, allowed_mentions=NO_MENTIONS)
            )
