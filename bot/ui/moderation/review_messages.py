"""Messages about held pictures: to moderators, to members, to those who manage a server."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import discord
import structlog

from bot.domain.ids import ChannelId, GuildId, MessageId
from bot.domain.jobs.job import Job, MessageAddress
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.domain.moderation.review import ReviewCase, can_be_appealed
from bot.media.fitting import PictureUnfitError
from bot.services.moderation.review_ports import HeldPicture, ReviewTrouble
from bot.services.ports import Clock, DeliveryDelayedError, UndeliverableError
from bot.services.tools.picture_ports import SmallerCopies
from bot.text.tools.tools import description_of
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.moderation.decision_panel import decision_panel
from bot.ui.moderation.removal import remove_message
from bot.ui.moderation.review_panel import decided_panel, review_panel, trouble_panel
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.uploads import Load, Loader

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 60.0

_SEND_FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)
_NOTHING = Load((), ())


class HeldPictures:
    """Makes held pictures ready to be shown to moderators."""

    def __init__(self, copies: SmallerCopies) -> None:
        self._loader = Loader(copies)

    @asynccontextmanager
    async def load(
        self, held: HeldPicture, words: Words, *, file_limit_bytes: int
    ) -> AsyncIterator[Load]:
        """A held picture as a file that fits; nothing where there is none that does."""
        if held.picture is None:
            yield _NOTHING
            return
        loading = self._loader.load(
            (held.picture,),
            {},
            description=description_of(held.job.request, words),
            file_limit_bytes=file_limit_bytes,
        )
        async with AsyncExitStack() as stack:
            try:
                load = await stack.enter_async_context(loading)
            except (PictureUnfitError, OSError):
                log.info("held_picture_not_loaded", image_id=held.case.image_id)
                load = _NOTHING
            yield load


class ReviewMessages:
    """It is a `ReviewMessenger` on Discord."""

    def __init__(self, connection: Connection, pictures: HeldPictures, clock: Clock) -> None:
        self._connection = connection
        self._pictures = pictures
        self._clock = clock

    async def ask(self, channel_id: ChannelId, held: HeldPicture) -> MessageAddress:
        """Show a held picture in a channel, in the server's language, and say where.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not write there.
            DeliveryDelayedError: if it did not get through now.
        """
        await self._connection.wait_until_open()
        try:
            message = await self._ask(channel_id, held)
        except (discord.NotFound, discord.Forbidden) as error:
            raise UndeliverableError(_told(error)) from error
        except _SEND_FAILURES as error:
            raise DeliveryDelayedError(_told(error)) from error
        return MessageAddress(channel_id=channel_id, message_id=MessageId(message.id))

    async def show_decided(self, address: MessageAddress, case: ReviewCase) -> None:
        """Edit a message that asked; a failure to do so is logged and goes no further."""
        message = self._partial(address)
        view = decided_panel(case, self._words_of(case.guild_id))
        await self._try(
            "review_message_not_edited",
            message.edit(view=view, attachments=[], allowed_mentions=NO_MENTIONS),
        )

    async def take_down(self, address: MessageAddress) -> None:
        """Remove a message that asked; a failure to do so is logged and goes no further."""
        removing = remove_message(self._connection.client, address)
        await self._try("review_message_not_removed", removing)

    async def tell_decision(self, case: ReviewCase, job: Job) -> bool:
        """Write to a member, in the language that they asked in; False if that fails."""
        can_appeal = can_be_appealed(case, now=self._clock.now())
        view = decision_panel(case, words_for(job.origin.locale), can_be_appealed=can_appeal)
        return await self._try("member_not_told", self._write_to(case.user_id, view))

    async def tell_admins(self, trouble: ReviewTrouble) -> None:
        """Write to the reports channel, else to the system channel, else to the owner."""
        guild = self._connection.client.get_guild(trouble.guild_id)
        if guild is None:
            log.warning("admins_not_told", guild_id=trouble.guild_id)
            return
        view = trouble_panel(trouble, self._words_of(trouble.guild_id))
        system = guild.system_channel
        places = [trouble.reports_channel, system.id if system is not None else None]
        for place in places:
            if place is None or place == trouble.channel_id:
                continue
            channel = self._connection.client.get_partial_messageable(place)
            sending = channel.send(view=view, allowed_mentions=NO_MENTIONS)
            if await self._try("admins_not_told_in_channel", sending):
                return
        await self._try("admins_not_told", self._write_to(guild.owner_id or 0, view))

    async def _ask(self, channel_id: ChannelId, held: HeldPicture) -> discord.Message:
        case = held.case
        guild = self._connection.client.get_guild(case.guild_id)
        words = self._words_of(case.guild_id)
        limit = guild.filesize_limit if guild is not None else DEFAULT_FILE_LIMIT_BYTES
        channel = self._connection.client.get_partial_messageable(channel_id)
        async with self._pictures.load(held, words, file_limit_bytes=limit) as load:
            picture = load.shown[0] if load.shown else None
            sending = channel.send(
                view=review_panel(held, picture, words),
                files=[file for file in load.files if isinstance(file, discord.File)],
                allowed_mentions=NO_MENTIONS,
                nonce=f"{case.image_id}-{'a' if case.is_appeal else 'q'}",
            )
            async with asyncio.timeout(SEND_TIMEOUT_S):
                return await self._connection.run(sending)

    async def _write_to(self, user_id: int, view: discord.ui.LayoutView) -> None:
        channel = await self._connection.client.create_dm(discord.Object(user_id))
        await channel.send(view=view, allowed_mentions=NO_MENTIONS)

    async def _try(self, event: str, call: Coroutine[Any, Any, object]) -> bool:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(call)
        except _SEND_FAILURES as error:
            log.info(event, cause=_told(error))
            return False
        return True

    def _partial(self, address: MessageAddress) -> discord.PartialMessage:
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        return channel.get_partial_message(address.message_id)

    def _words_of(self, guild_id: GuildId) -> Words:
        guild = self._connection.client.get_guild(guild_id)
        return words_for(guild.preferred_locale.value if guild is not None else "")


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
