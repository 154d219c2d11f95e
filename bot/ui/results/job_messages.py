"""A job's message on Discord: the answer to its command, or one of its own, with its pictures."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from typing import Any, TypeAlias, TypeVar

import discord
import structlog

from bot.domain.ids import ChannelId, ImageId, JobId, MessageId
from bot.domain.jobs.job import Job, MessageAddress, ReplyAddress
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.media.fitting import PictureFitter
from bot.services.ports import ShownImage
from bot.text.tools.tools import description_of
from bot.text.words import words_for
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.uploads import Load, Loader, Uploaded

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 60.0

Draw: TypeAlias = Callable[[tuple[ShownImage, ...]], discord.ui.LayoutView]
"""Draws a message, once it is known which pictures are smaller copies."""

_TOO_LARGE = frozenset({40005, 50045})
"""Discord's codes for a file, or a request, that is too large."""

_Sent = TypeVar("_Sent")


class JobMessages:
    """Sends and edits the messages of jobs.

    Pictures that a message shows already are kept and not uploaded again; those that are too
    large for the way they take go as smaller copies.
    """

    def __init__(self, connection: Connection, fitter: PictureFitter) -> None:
        self._connection = connection
        self._loader = Loader(fitter)
        self._uploaded: dict[JobId, dict[ImageId, Uploaded]] = {}

    def forget(self, job_id: JobId) -> None:
        """Let go of what was uploaded for a job: nothing more of it is edited."""
        self._uploaded.pop(job_id, None)

    async def edit_answer(
        self, job: Job, reply: ReplyAddress, shown: tuple[ShownImage, ...], draw: Draw
    ) -> MessageAddress:
        """Edit the answer to the command."""
        webhook = discord.Webhook.partial(
            reply.application_id, reply.token, client=self._connection.client
        )

        def edit(load: Load) -> Coroutine[Any, Any, discord.Message]:
            return webhook.edit_message(
                reply.message_id,
                view=draw(load.shown),
                attachments=load.files,
                allowed_mentions=NO_MENTIONS,
            )

        return await self._put(job, shown, edit, limit_bytes=reply.file_limit_bytes)

    async def edit_own(
        self, job: Job, address: MessageAddress, shown: tuple[ShownImage, ...], draw: Draw
    ) -> MessageAddress:
        """Edit a job's own message."""
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        message = channel.get_partial_message(address.message_id)

        def edit(load: Load) -> Coroutine[Any, Any, discord.Message]:
            return message.edit(
                view=draw(load.shown), attachments=load.files, allowed_mentions=NO_MENTIONS
            )

        return await self._put(job, shown, edit, limit_bytes=self._limit_of(job))

    async def send(
        self, job: Job, shown: tuple[ShownImage, ...], draw: Draw, *, nonce: str
    ) -> MessageAddress:
        """Send a message, under a nonce by which Discord recognises a repetition."""
        channel = await self._within_time(self._channel_for(job))

        def send(load: Load) -> Coroutine[Any, Any, discord.Message]:
            return channel.send(
                view=draw(load.shown),
                files=[file for file in load.files if isinstance(file, discord.File)],
                allowed_mentions=NO_MENTIONS,
                nonce=nonce,
            )

        self.forget(job.id)
        return await self._put(job, shown, send, limit_bytes=self._limit_of(job))

    async def mention(self, job: Job) -> None:
        """Call the member to the channel of their result."""
        user = discord.Object(job.origin.user_id)
        words = words_for(job.origin.locale)
        channel = await self._within_time(self._channel_for(job))
        await self._within_time(
            channel.send(
                words("{member} your picture is ready.", member=f"<@{user.id}>"),
                allowed_mentions=discord.AllowedMentions(users=[user]),
                nonce=f"{job.id}-r",
            )
        )

    async def _put(
        self,
        job: Job,
        shown: tuple[ShownImage, ...],
        call: Callable[[Load], Coroutine[Any, Any, discord.Message]],
        *,
        limit_bytes: int,
    ) -> MessageAddress:
        async def attempt(file_limit_bytes: int) -> MessageAddress:
            loading = self._loader.load(
                shown,
                self._uploaded.get(job.id, {}),
                description=description_of(job.request, words_for(job.origin.locale)),
                file_limit_bytes=file_limit_bytes,
            )
            async with loading as load:
                message = await self._within_time(call(load))
            self._uploaded[job.id] = load.uploaded(message)
            return _address(message)

        return await within_limit(limit_bytes, attempt)

    async def _within_time(self, call: Coroutine[Any, Any, _Sent]) -> _Sent:
        async with asyncio.timeout(SEND_TIMEOUT_S):
            return await self._connection.run(call)

    async def _channel_for(self, job: Job) -> discord.abc.Messageable:
        client = self._connection.client
        if _is_for_member(job):
            return await client.create_dm(discord.Object(job.origin.user_id))
        return client.get_partial_messageable(job.origin.channel_id, guild_id=job.origin.guild_id)

    def _limit_of(self, job: Job) -> int:
        """What a file may have in a message of the bot's own."""
        guild = self._connection.client.get_guild(job.origin.guild_id or 0)
        if guild is None or _is_for_member(job):
            return DEFAULT_FILE_LIMIT_BYTES
        return guild.filesize_limit


def _address(message: discord.Message) -> MessageAddress:
    return MessageAddress(
        channel_id=ChannelId(message.channel.id), message_id=MessageId(message.id)
    )


def _is_for_member(job: Job) -> bool:
    """Outside a server where it is installed the bot may only write to the member."""
    return job.request.private or job.origin.guild_id is None


async def within_limit(limit_bytes: int, send: Callable[[int], Awaitable[_Sent]]) -> _Sent:
    """Send by a limit, and by the common one if Discord has lowered it since (a boost ended)."""
    try:
        return await send(limit_bytes)
    except discord.HTTPException as error:
        too_large = error.code in _TOO_LARGE or error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if not too_large or limit_bytes <= DEFAULT_FILE_LIMIT_BYTES:
            raise
        log.info("file_limit_lowered", code=error.code, limit_bytes=limit_bytes)
    return await send(DEFAULT_FILE_LIMIT_BYTES)
