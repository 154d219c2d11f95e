"""The way back to the member: a job's progress and its result as Discord messages."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp
import discord
import structlog

from bot.domain.jobs.job import Job, JobState, MessageAddress, ReplyAddress
from bot.media.fitting import PictureFitter, PictureUnfitError
from bot.services.ports import (
    Clock,
    DeliveryDelayedError,
    JobResult,
    ProgressReport,
    ShownImage,
    UndeliverableError,
)
from bot.text.words import words_for
from bot.ui.client.connection import Connection
from bot.ui.moderation.removal import remove_message
from bot.ui.results.job_messages import Draw, JobMessages
from bot.ui.results.panel import result_panel
from bot.ui.results.progress_panel import progress_panel

log = structlog.get_logger(__name__)

TOKEN_MARGIN = timedelta(minutes=1)
"""Past 14 of its 15 minutes an interaction's token is not relied on."""

TAKE_DOWN_TIMEOUT_S = 20.0

_TOKEN_GONE = frozenset({10008, 10015, 10062, 50027})
"""Discord's codes for a message, webhook, interaction or token that is no longer there."""

_SEND_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordMessenger:
    """Shows results by editing the answer, or, once its token has died, by a message."""

    def __init__(self, connection: Connection, clock: Clock, fitter: PictureFitter) -> None:
        self._connection = connection
        self._clock = clock
        self._messages = JobMessages(connection, fitter)

    async def show_progress(self, report: ProgressReport) -> MessageAddress | None:
        """Show where a job stands, in its answer or in a message of its own; say where, if new.

        A job without an answer gets its message once it is being painted. What fails is logged.
        """
        if not self._connection.is_open:
            return None
        try:
            return await self._show_progress(report)
        except (*_SEND_FAILURES, PictureUnfitError) as error:
            job_id = report.progress.job.id
            log.info("progress_not_shown", job_id=job_id, cause=_told(error))
            return None

    async def show_result(self, result: JobResult) -> MessageAddress:
        """Show a job's result and say where.

        The answer to the interaction is edited, which can be repeated. Without it, a result that
        is private or belongs to no server goes to the member by direct message and any other to
        the channel, under a nonce by which Discord recognises a repetition. Pictures that are too
        large for the way they take are shown as smaller copies.

        Raises:
            UndeliverableError: if Discord says that there is no way left to show it, or a
                picture is too large and cannot be made smaller.
            DeliveryDelayedError: if Discord cannot be reached, or fails.
        """
        return await self.show_drawn(result.job, result.shown, partial(_result, result))

    async def show_drawn(
        self, job: Job, shown: tuple[ShownImage, ...], draw: Draw
    ) -> MessageAddress:
        """Show pictures in a job's message, however it is drawn, in the same way.

        Raises:
            UndeliverableError, DeliveryDelayedError: as `show_result` does.
        """
        await self._connection.wait_until_open()
        return await self._attempt(job, self._show(job, shown, draw))

    async def _attempt(
        self, job: Job, showing: Coroutine[Any, Any, MessageAddress]
    ) -> MessageAddress:
        try:
            return await showing
        except discord.DiscordServerError as error:
            raise DeliveryDelayedError(_told(error)) from error
        except (discord.HTTPException, PictureUnfitError) as error:
            raise UndeliverableError(_told(error)) from error
        except _SEND_FAILURES as error:
            raise DeliveryDelayedError(_told(error)) from error
        finally:
            self._messages.forget(job.id)

    async def show_released(self, result: JobResult) -> MessageAddress:
        """Show a result of which moderators have released something, and say where.

        While the token lives, the answer is edited. After that a message is sent, as in
        `show_result`, even where an older one could be edited: nobody would see the edit.

        Raises:
            UndeliverableError, DeliveryDelayedError: as `show_result`.
        """
        await self._connection.wait_until_open()
        return await self._attempt(result.job, self._show_released(result))

    async def amend_result(self, result: JobResult) -> None:
        """Edit the message of a result, as far as it can be reached; a failure is logged."""
        job, draw = result.job, partial(_result, result)
        await self._connection.wait_until_open()
        try:
            if job.reply is not None and self._token_lives(job.reply):
                await self._messages.edit_answer(job, job.reply, result.shown, draw)
            elif job.shown is not None and not job.request.private:
                await self._messages.edit_own(job, job.shown, result.shown, draw)
        except (*_SEND_FAILURES, PictureUnfitError) as error:
            log.info("result_not_amended", job_id=job.id, cause=_told(error))
        finally:
            self._messages.forget(job.id)

    async def take_down(self, address: MessageAddress) -> None:
        """Remove a message of a result; a failure is logged and goes no further."""
        client = self._connection.client
        try:
            async with asyncio.timeout(TAKE_DOWN_TIMEOUT_S):
                await self._connection.run(remove_message(client, address))
        except _SEND_FAILURES as error:
            log.info("message_not_removed", message_id=address.message_id, cause=_told(error))

    async def tell_ready(self, job: Job) -> None:
        """Mention the member in the channel of a result that took long; private ones are not."""
        if job.request.private:
            return
        try:
            await self._messages.mention(job)
        except _SEND_FAILURES as error:
            log.info("member_not_called", job_id=job.id, cause=_told(error))

    def _token_lives(self, reply: ReplyAddress) -> bool:
        return self._clock.now() < reply.expires_at - TOKEN_MARGIN

    async def _show_progress(self, report: ProgressReport) -> MessageAddress | None:
        job, draw = report.progress.job, partial(_progress, report)
        if job.reply is not None:
            if self._token_lives(job.reply):
                await self._messages.edit_answer(job, job.reply, report.shown, draw)
        elif job.shown is not None:
            await self._messages.edit_own(job, job.shown, report.shown, draw)
        elif job.state is JobState.RUNNING:
            return await self._messages.send(job, report.shown, draw, nonce=f"{job.id}-p")
        return None

    async def _show(self, job: Job, shown: tuple[ShownImage, ...], draw: Draw) -> MessageAddress:
        try:
            if job.reply is None and job.shown is not None:
                return await self._messages.edit_own(job, job.shown, shown, draw)
            if job.reply is not None and self._token_lives(job.reply):
                return await self._messages.edit_answer(job, job.reply, shown, draw)
        except discord.HTTPException as error:
            if error.code not in _TOKEN_GONE:
                raise
            log.info("message_gone", job_id=job.id, code=error.code)
        return await self._messages.send(job, shown, draw, nonce=job.id)

    async def _show_released(self, result: JobResult) -> MessageAddress:
        job, draw = result.job, partial(_result, result)
        try:
            if job.reply is not None and self._token_lives(job.reply):
                return await self._messages.edit_answer(job, job.reply, result.shown, draw)
        except discord.HTTPException as error:
            if error.code not in _TOKEN_GONE:
                raise
            log.info("message_gone", job_id=job.id, code=error.code)
        # What is sent stands alone, so that it says whose picture it is.
        alone = replace(result, job=replace(job, reply=None))
        draw = partial(_result, alone)
        # The same nonce for every try of the same release, and another one for the next.
        nonce = f"{job.id}-{job.earlier_claims}"
        return await self._messages.send(job, result.shown, draw, nonce=nonce)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _progress(report: ProgressReport, shown: tuple[ShownImage, ...]) -> discord.ui.LayoutView:
    words = words_for(report.progress.job.origin.locale)
    return progress_panel(replace(report, shown=shown), words)


def _result(result: JobResult, shown: tuple[ShownImage, ...]) -> discord.ui.LayoutView:
    return result_panel(replace(result, shown=shown), words_for(result.job.origin.locale))
