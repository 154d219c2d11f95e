"""Results that are shown already, drawn anew in their messages."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from dataclasses import replace
from typing import Any

import aiohttp
import discord

from bot.domain.ids import ImageId
from bot.domain.jobs.job import MessageAddress
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES, SmallerCopy
from bot.media.fitting import PictureFitter, PictureUnfitError
from bot.services.ports import DeliveryDelayedError, JobResult, ShownImage, UndeliverableError
from bot.text.tools.tools import description_of
from bot.text.words import words_for
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.panel import result_panel
from bot.ui.results.picture_files import file_name
from bot.ui.results.uploads import Loader, Uploaded

SEND_TIMEOUT_S = 60.0

_SEND_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordResultEditor:
    """Edits messages of the bot's own. What a message has already is not uploaded again."""

    def __init__(self, connection: Connection, fitter: PictureFitter) -> None:
        self._connection = connection
        self._loader = Loader(fitter)

    async def redraw(self, result: JobResult, address: MessageAddress) -> None:
        """Show a result anew in its message.

        Raises:
            UndeliverableError: if there is no such message any more, or it is not the bot's.
            DeliveryDelayedError: if Discord did not take it now.
        """
        await self._run(self._redraw(result, address))

    async def take_down(self, address: MessageAddress) -> None:
        """Delete a result's message.

        Raises:
            UndeliverableError, DeliveryDelayedError: as above.
        """
        await self._run(self._take_down(address))

    async def _run(self, call: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(call)
        except (discord.NotFound, discord.Forbidden, PictureUnfitError) as error:
            raise UndeliverableError(f"{type(error).__name__}: {error}") from error
        except _SEND_FAILURES as error:
            raise DeliveryDelayedError(f"{type(error).__name__}: {error}") from error

    async def _take_down(self, address: MessageAddress) -> None:
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        await channel.get_partial_message(address.message_id).delete()

    async def _redraw(self, result: JobResult, address: MessageAddress) -> None:
        client = self._connection.client
        message = await client.get_partial_messageable(address.channel_id).fetch_message(
            address.message_id
        )
        words = words_for(result.job.origin.locale)
        there = dict(_there(result.shown, message.attachments))
        wanted = [item for item in result.shown if item.image.id in there or await _is_kept(item)]
        guild = client.get_guild(result.job.origin.guild_id or 0)
        loading = self._loader.load(
            wanted,
            there,
            description=description_of(result.job.request, words),
            file_limit_bytes=guild.filesize_limit if guild else DEFAULT_FILE_LIMIT_BYTES,
        )
        async with loading as load:
            await message.edit(
                view=result_panel(replace(result, shown=load.shown), words),
                attachments=list(load.files),
                allowed_mentions=NO_MENTIONS,
            )


def _there(
    shown: Iterable[ShownImage], attachments: Iterable[discord.Attachment]
) -> Iterator[tuple[ImageId, Uploaded]]:
    """What a message has already, as the picture itself or as its smaller copy."""
    by_name = {attachment.filename: attachment for attachment in attachments}
    for item in shown:
        copied = replace(item, copy=SmallerCopy(item.path, 0))
        for each in (item, copied):
            attachment = by_name.get(file_name(each))
            if attachment is not None:
                yield item.image.id, Uploaded(each, attachment)


async def _is_kept(item: ShownImage) -> bool:
    """Whether the picture can be uploaded again: old ones are let go of at some time."""
    return await asyncio.to_thread(item.path.exists)
