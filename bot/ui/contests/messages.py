"""Messages in the channels of contests."""

import asyncio

import aiohttp
import discord
import structlog

from bot.domain.ids import ImageId, MessageId
from bot.domain.jobs.job import MessageAddress
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.media.fitting import PictureFitter, PictureUnfitError
from bot.services.contests.ports import ContestNews
from bot.services.ports import DeliveryDelayedError, UndeliverableError
from bot.text.contests.contests import heading
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.contests.panel import contest_panel
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.job_messages import within_limit
from bot.ui.results.picture_files import file_name
from bot.ui.results.uploads import Load, Loader

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 60.0

MOST_PICTURES = 10
"""Of winners in one message (Discord's limit)."""

_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordContests:
    """Posts each phase of a contest as a message of its own, so that members notice it."""

    def __init__(self, connection: Connection, fitter: PictureFitter) -> None:
        self._connection = connection
        self._loader = Loader(fitter)

    async def announce(self, news: ContestNews) -> MessageId:
        """Post a contest's phase, under a nonce by which Discord knows a repetition.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not post there.
            DeliveryDelayedError: if it did not get through now.
        """
        await self._connection.wait_until_open()
        guild = self._connection.client.get_guild(news.contest.guild_id)
        words = words_for(guild.preferred_locale.value if guild is not None else "")
        limit_bytes = guild.filesize_limit if guild is not None else DEFAULT_FILE_LIMIT_BYTES
        try:
            return await self._with_pictures(news, words, limit_bytes)
        except (discord.Forbidden, discord.NotFound) as error:
            raise UndeliverableError(f"{type(error).__name__}: {error}") from error
        except _FAILURES as error:
            raise DeliveryDelayedError(f"{type(error).__name__}: {error}") from error

    async def remove(self, address: MessageAddress) -> None:
        """Take the message of a former phase down; a failure is logged and goes no further."""
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        message = channel.get_partial_message(address.message_id)
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(message.delete())
        except _FAILURES as error:
            log.info("contest_message_stays", message_id=address.message_id, cause=repr(error))

    async def _with_pictures(self, news: ContestNews, words: Words, limit_bytes: int) -> MessageId:
        pictures = [each.picture for each in news.winners if each.picture is not None]
        pictures = pictures[:MOST_PICTURES]

        async def attempt(file_limit_bytes: int) -> MessageId:
            loading = self._loader.load(
                pictures,
                {},
                description=heading(news.contest, words),
                file_limit_bytes=file_limit_bytes,
            )
            async with loading as load:
                files = [file for file in load.files if isinstance(file, discord.File)]
                return await self._send(news, _names(load), files, words)

        try:
            return await within_limit(limit_bytes, attempt)
        except (PictureUnfitError, FileNotFoundError) as error:
            log.warning("winner_not_shown", contest_id=news.contest.id, cause=str(error))
            return await self._send(news, {}, [], words)

    async def _send(
        self,
        news: ContestNews,
        names: dict[ImageId, str],
        files: list[discord.File],
        words: Words,
    ) -> MessageId:
        contest = news.contest
        channel = self._connection.client.get_partial_messageable(
            contest.channel_id, guild_id=contest.guild_id
        )
        async with asyncio.timeout(SEND_TIMEOUT_S):
            sent = await self._connection.run(
                channel.send(
                    view=contest_panel(news, names, words),
                    files=files,
                    allowed_mentions=NO_MENTIONS,
                    nonce=f"{contest.id[:16]}-{contest.phase[:6]}",
                )
            )
        return MessageId(sent.id)


def _names(load: Load) -> dict[ImageId, str]:
    return {item.image.id: file_name(item) for item in load.shown}
