"""Messages on starboards."""

import asyncio
import contextlib
from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any, TypeVar

import aiohttp
import discord
import structlog

from bot.domain.ids import MessageId
from bot.domain.jobs.job import JobImage, MessageAddress
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.domain.starboard import Starboard, StarPost
from bot.media.fitting import PictureFitter, PictureUnfitError
from bot.services.ports import DeliveryDelayedError, ShownImage, UndeliverableError
from bot.services.starboard.ports import PictureUnshowableError, StarMessage
from bot.text.format import message_link
from bot.text.tools.tools import description_of
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.client.server_managers import ServerManagers
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.job_messages import within_limit
from bot.ui.results.picture_files import file_name, is_file_of
from bot.ui.results.uploads import Loader
from bot.ui.starboard.panel import star_panel, unreached_panel

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 60.0
LOOKED_THROUGH = 100
"""How many messages are looked through for one that may have been posted before a crash."""

_NO_MESSAGE = 10008
_NO_CHANNEL = 10003

_Answer = TypeVar("_Answer")


class DiscordStarboards:
    """Posts, edits and removes what stands on starboards."""

    def __init__(self, connection: Connection, fitter: PictureFitter) -> None:
        self._connection = connection
        self._loader = Loader(fitter)
        self._managers = ServerManagers(connection)

    async def is_there(self, origin: MessageAddress) -> bool:
        """Whether a picture's own message is still there; where Discord does not say, it is.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached.
        """
        try:
            await self._fetch(origin)
        except UndeliverableError as error:
            return not _is_gone(error)
        return True

    async def find(self, post: StarPost, image: JobImage) -> MessageId | None:
        """The message of a picture that may have been posted already; None where none is found.

        Others of the same result stand there under the same link, as files of other names.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached.
        """
        link = message_link(post.guild_id, post.origin)
        try:
            return await self._run(self._look_for(post, image, link))
        except UndeliverableError as error:
            log.info("starboard_not_read", image_id=post.image_id, cause=str(error))
            return None

    async def post(self, message: StarMessage, shown: ShownImage) -> MessageId:
        """Post a picture, under a nonce by which Discord knows a repetition.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not post there.
            DeliveryDelayedError: if it did not get through now; it may stand there.
            PictureUnshowableError: if it is the picture itself that cannot be posted.
        """
        await self._connection.wait_until_open()
        guild = self._connection.client.get_guild(message.post.guild_id)
        limit_bytes = guild.filesize_limit if guild else DEFAULT_FILE_LIMIT_BYTES
        try:
            with _told():
                return await within_limit(limit_bytes, partial(self._send, message, shown))
        except (PictureUnfitError, FileNotFoundError) as error:
            raise PictureUnshowableError(f"{type(error).__name__}: {error}") from error

    async def edit(self, message: StarMessage) -> bool:
        """Write the count; False if the message is gone.

        Raises:
            UndeliverableError: if the bot may not see the channel.
            DeliveryDelayedError: if it did not get through now.
        """
        address = message.post.address
        if address is None:
            return False
        try:
            there = await self._fetch(address)
            if there.attachments:
                view = star_panel(message, there.attachments[0].filename, self._words(message))
                await self._run(
                    there.edit(
                        view=view, attachments=there.attachments, allowed_mentions=NO_MENTIONS
                    )
                )
        except UndeliverableError as error:
            if _is_gone(error):
                return False
            raise
        return True

    async def remove(self, address: MessageAddress) -> None:
        """Take a message down; one that is gone is no failure.

        Raises:
            UndeliverableError: if the bot may not see the channel.
            DeliveryDelayedError: if it did not get through now.
        """
        await self._connection.wait_until_open()
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        try:
            await self._run(channel.get_partial_message(address.message_id).delete())
        except UndeliverableError as error:
            if not _is_gone(error):
                raise

    async def tell_managers(self, board: Starboard) -> None:
        """Tell them that nothing can be posted there, as far as they can be reached."""
        await self._managers.tell(board.guild_id, partial(unreached_panel, board))

    async def _send(
        self, message: StarMessage, shown: ShownImage, file_limit_bytes: int
    ) -> MessageId:
        words = self._words(message)
        loading = self._loader.load(
            (shown,),
            {},
            description=description_of(message.job.request, words),
            file_limit_bytes=file_limit_bytes,
        )
        channel = self._connection.client.get_partial_messageable(
            message.post.channel_id, guild_id=message.post.guild_id
        )
        async with loading as load, asyncio.timeout(SEND_TIMEOUT_S):
            sent = await self._connection.run(
                channel.send(
                    view=star_panel(message, file_name(load.shown[0]), words),
                    files=[file for file in load.files if isinstance(file, discord.File)],
                    allowed_mentions=NO_MENTIONS,
                    nonce=message.post.nonce,
                )
            )
        return MessageId(sent.id)

    async def _look_for(self, post: StarPost, image: JobImage, link: str) -> MessageId | None:
        client = self._connection.client
        channel = client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
        async for message in channel.history(limit=LOOKED_THROUGH):
            is_own = client.user is not None and message.author.id == client.user.id
            shows_it = any(is_file_of(each.filename, image) for each in message.attachments)
            if is_own and shows_it and link in _links(message):
                return MessageId(message.id)
        return None

    async def _fetch(self, address: MessageAddress) -> discord.Message:
        await self._connection.wait_until_open()
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        return await self._run(channel.fetch_message(address.message_id))

    async def _run(self, call: Coroutine[Any, Any, _Answer]) -> _Answer:
        with _told():
            async with asyncio.timeout(SEND_TIMEOUT_S):
                return await self._connection.run(call)

    def _words(self, message: StarMessage) -> Words:
        guild = self._connection.client.get_guild(message.post.guild_id)
        return words_for(guild.preferred_locale.value if guild is not None else "")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What Discord refuses, and what did not reach it."""
    try:
        yield
    except (discord.Forbidden, discord.NotFound) as error:
        raise UndeliverableError(f"{type(error).__name__}: {error}") from error
    except FileNotFoundError:
        raise
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise DeliveryDelayedError(f"{type(error).__name__}: {error}") from error


def _is_gone(error: UndeliverableError) -> bool:
    cause = error.__cause__
    return isinstance(cause, discord.NotFound) and cause.code in {_NO_MESSAGE, _NO_CHANNEL}


def _links(message: discord.Message) -> list[str]:
    view = discord.ui.LayoutView.from_message(message)
    view.stop()
    return [
        item.url
        for item in view.walk_children()
        if isinstance(item, discord.ui.Button) and item.url is not None
    ]
