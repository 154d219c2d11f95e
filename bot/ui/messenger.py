"""The way back to the member: a job's progress and its result as Discord messages."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta

import aiohttp
import discord
import structlog

from bot.domain.ids import ChannelId, JobId, MessageId
from bot.domain.job import Job, MessageAddress, ReplyAddress
from bot.services.ports import (
    Clock,
    DeliveryDelayedError,
    JobResult,
    ProgressReport,
    ShownImage,
    UndeliverableError,
)
from bot.text.words import words_for
from bot.ui.connection import Connection
from bot.ui.panel import NO_MENTIONS
from bot.ui.progress_panel import progress_panel
from bot.ui.result_panel import file_name, result_panel

log = structlog.get_logger(__name__)

TOKEN_MARGIN = timedelta(minutes=1)
"""Past 14 of its 15 minutes an interaction's token is not relied on."""

SEND_TIMEOUT_S = 60.0

_TOKEN_GONE = frozenset({10008, 10015, 10062, 50027})
"""Discord's codes for a message, webhook, interaction or token that is no longer there."""

_SEND_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

Upload = discord.File | discord.Attachment


class DiscordMessenger:
    """Shows results by editing the answer, or, once its token has died, by a message."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._uploaded: dict[JobId, list[discord.Attachment]] = {}

    async def show_progress(self, report: ProgressReport) -> None:
        """Show where a job stands, while its token lives; what fails is logged only."""
        job = report.progress.job
        if job.reply is None or not self._token_lives(job.reply) or not self._connection.is_open:
            return
        view = progress_panel(report, words_for(job.origin.locale))
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(self._edit_answer(job, job.reply, view, report.shown))
        except _SEND_FAILURES as error:
            log.info("progress_not_shown", job_id=job.id, cause=_told(error))

    async def show_result(self, result: JobResult) -> MessageAddress:
        """Show a job's result and say where.

        The answer to the interaction is edited, which can be repeated. Without it, a private
        result goes to the member by direct message and any other to the channel, under a nonce
        by which Discord recognises a repetition.

        Raises:
            UndeliverableError: if Discord says that there is no way left to show it.
            DeliveryDelayedError: if Discord cannot be reached, or fails.
        """
        await self._connection.wait_until_open()
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                return await self._connection.run(self._show(result))
        except discord.DiscordServerError as error:
            raise DeliveryDelayedError(_told(error)) from error
        except discord.HTTPException as error:
            raise UndeliverableError(_told(error)) from error
        except _SEND_FAILURES as error:
            raise DeliveryDelayedError(_told(error)) from error
        finally:
            self._uploaded.pop(result.job.id, None)

    async def tell_ready(self, job: Job) -> None:
        """Mention the member in the channel of a result that took long; private ones are not."""
        if job.request.private:
            return
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(self._mention(job))
        except _SEND_FAILURES as error:
            log.info("member_not_called", job_id=job.id, cause=_told(error))

    def _token_lives(self, reply: ReplyAddress) -> bool:
        return self._clock.now() < reply.expires_at - TOKEN_MARGIN

    async def _show(self, result: JobResult) -> MessageAddress:
        reply = result.job.reply
        if reply is not None and self._token_lives(reply):
            view = result_panel(result, words_for(result.job.origin.locale))
            try:
                return await self._edit_answer(result.job, reply, view, result.shown)
            except discord.HTTPException as error:
                if error.code not in _TOKEN_GONE:
                    raise
                log.info("answer_gone", job_id=result.job.id, code=error.code)
        return await self._send_message(result)

    async def _edit_answer(
        self,
        job: Job,
        reply: ReplyAddress,
        view: discord.ui.LayoutView,
        shown: Iterable[ShownImage],
    ) -> MessageAddress:
        """Edit the answer; pictures that it shows already are kept and not uploaded again."""
        webhook = discord.Webhook.partial(
            reply.application_id, reply.token, client=self._connection.client
        )
        there = {file.filename: file for file in self._uploaded.get(job.id, ())}
        async with _uploads(shown, there) as uploads:
            message = await webhook.edit_message(
                reply.message_id, view=view, attachments=uploads, allowed_mentions=NO_MENTIONS
            )
        self._uploaded[job.id] = message.attachments
        return _address(message)

    async def _send_message(self, result: JobResult) -> MessageAddress:
        channel = await self._channel_for(result.job)
        async with _uploads(result.shown, {}) as uploads:
            message = await channel.send(
                view=result_panel(result, words_for(result.job.origin.locale)),
                files=[file for file in uploads if isinstance(file, discord.File)],
                allowed_mentions=NO_MENTIONS,
                nonce=result.job.id,
            )
        return _address(message)

    async def _mention(self, job: Job) -> None:
        user = discord.Object(job.origin.user_id)
        words = words_for(job.origin.locale)
        channel = await self._channel_for(job)
        await channel.send(
            words("{member} your picture is ready.", member=f"<@{user.id}>"),
            allowed_mentions=discord.AllowedMentions(users=[user]),
            nonce=f"{job.id}-r",
        )

    async def _channel_for(self, job: Job) -> discord.abc.Messageable:
        client = self._connection.client
        if job.request.private:
            return await client.create_dm(discord.Object(job.origin.user_id))
        return client.get_partial_messageable(job.origin.channel_id, guild_id=job.origin.guild_id)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _address(message: discord.Message) -> MessageAddress:
    return MessageAddress(
        channel_id=ChannelId(message.channel.id), message_id=MessageId(message.id)
    )


@contextlib.asynccontextmanager
async def _uploads(
    shown: Iterable[ShownImage], there: dict[str, discord.Attachment]
) -> AsyncIterator[list[Upload]]:
    """The pictures as files, opened and closed off the loop, or as what is there already."""
    async with contextlib.AsyncExitStack() as stack:
        uploads: list[Upload] = []
        for item in shown:
            name = file_name(item)
            if name in there:
                uploads.append(there[name])
                continue
            file = await asyncio.to_thread(discord.File, item.path, filename=name)
            stack.callback(file.close)
            uploads.append(file)
        yield uploads
