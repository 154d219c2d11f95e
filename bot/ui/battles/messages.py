"""Battles' messages on Discord. What is on them while the vote is open tells nothing of the styles.

Edits of one message wait for each other, so that a count on its way never overwrites the end.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from weakref import WeakValueDictionary

import aiohttp
import discord
import structlog

from bot.domain.asking.any_recipe import AnyRequest
from bot.domain.asking.request import ImageRequest
from bot.domain.battles.battle import Battle, Side
from bot.domain.ids import BattleId, JobId
from bot.domain.jobs.job import Job, MessageAddress
from bot.services.battles.ports import BattleEnd
from bot.services.ports import DeliveryDelayedError, ShownImage
from bot.services.statistics.ports import ChartStudio
from bot.text.words import Words, words_for
from bot.ui.battles.panel import (
    CHART_NAME,
    battle_chart,
    called_off_battle,
    closed_battle,
    count_shown,
    open_battle,
)
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.results.messenger import DiscordMessenger
from bot.ui.results.picture_files import file_name
from bot.ui.votes.vote_messages import name_attachments

log = structlog.get_logger(__name__)

Edit: TypeAlias = Callable[[discord.Message], Awaitable[None]]

_TIMEOUT_S = 30.0
_UNREACHED = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordBattleMessages:
    """Shows battles, and writes onto their messages what becomes of them."""

    def __init__(
        self, connection: Connection, messenger: DiscordMessenger, studio: ChartStudio
    ) -> None:
        self._connection = connection
        self._messenger = messenger
        self._studio = studio
        self._editing: WeakValueDictionary[BattleId, asyncio.Lock] = WeakValueDictionary()

    async def show_open(
        self, battle: Battle, pictures: Mapping[Side, ShownImage], *, file_owner: Job
    ) -> MessageAddress:
        """Show the pictures to be voted on, as an ordinary result is shown.

        Raises:
            UndeliverableError: if there is no way to show them.
            DeliveryDelayedError: if it did not get through now.
        """
        shown = tuple(pictures[side] for side in Side)
        job = replace(
            file_owner,
            id=JobId(battle.id),
            request=_undressed(file_owner.request, battle),
            reply=None,
            shown=battle.shown,
        )
        draw = partial(_open, battle, words_for(battle.locale))
        async with self._alone(battle):
            return await self._messenger.show_drawn(job, shown, draw)

    async def show_votes(self, battle: Battle, votes: int) -> None:
        """Write how many have voted. A failure is logged and goes no further."""
        if not self._connection.is_open or battle.shown is None:
            return
        try:
            async with self._alone(battle), asyncio.timeout(_TIMEOUT_S):
                await self._connection.run(self._edit_count(battle, battle.shown, votes))
        except _UNREACHED as error:
            log.info("battle_count_not_shown", battle_id=battle.id, cause=repr(error))

    async def show_end(self, end: BattleEnd) -> None:
        """Write what came of a battle onto its message; if that is gone, nothing is told.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """
        words = words_for(end.battle.locale)
        chart = None
        if end.count.votes:
            chart = await self._studio.draw(battle_chart(end, words))

        async def edit(message: discord.Message) -> None:
            # A chart may be there already, from a try whose answer was lost.
            pictures = [each for each in message.attachments if each.filename != CHART_NAME]
            files: list[discord.Attachment | discord.File] = [*pictures]
            if chart is not None:
                files.append(discord.File(io.BytesIO(chart), filename=CHART_NAME))
            names = [each.filename for each in pictures]
            view = closed_battle(end, names if len(names) == len(Side) else (), words)
            await _replace(message, view, files)

        await self._change(end.battle, edit)

    async def show_called_off(self, battle: Battle) -> None:
        """Write that a battle came to nothing, in the same way.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """
        view = called_off_battle(battle, words_for(battle.locale))

        async def edit(message: discord.Message) -> None:
            await _replace(message, view, [])

        await self._change(battle, edit)

    async def _change(self, battle: Battle, edit: Edit) -> None:
        if battle.shown is None:
            return
        try:
            await self._connection.wait_until_open()
            async with self._alone(battle), asyncio.timeout(_TIMEOUT_S):
                await self._connection.run(self._edit(battle.shown, edit))
        except discord.DiscordServerError as error:
            raise DeliveryDelayedError(repr(error)) from error
        except discord.HTTPException as error:
            log.info("battle_message_gone", battle_id=battle.id, cause=repr(error))
        except _UNREACHED as error:
            raise DeliveryDelayedError(repr(error)) from error

    async def _edit(self, address: MessageAddress, edit: Edit) -> None:
        channel = self._connection.client.get_partial_messageable(address.channel_id)
        await edit(await channel.fetch_message(address.message_id))

    async def _edit_count(self, battle: Battle, address: MessageAddress, votes: int) -> None:
        async def edit(message: discord.Message) -> None:
            view = discord.ui.LayoutView.from_message(message)
            if count_shown(view, battle, votes, words_for(battle.locale)):
                name_attachments(view)
                await _replace(message, view, [*message.attachments])

        await self._edit(address, edit)

    def _alone(self, battle: Battle) -> AbstractAsyncContextManager[None]:
        lock = self._editing.get(battle.id)
        if lock is None:
            lock = self._editing[battle.id] = asyncio.Lock()
        return lock


async def _replace(
    message: discord.Message,
    view: discord.ui.LayoutView,
    files: list[discord.Attachment | discord.File],
) -> None:
    view.stop()  # Its buttons are served by their custom ids, so the client need not keep it.
    await message.edit(view=view, attachments=files, allowed_mentions=NO_MENTIONS)


def _undressed(request: AnyRequest, battle: Battle) -> AnyRequest:
    """What is said of the pictures where they are uploaded: the prompt without its style."""
    if not isinstance(request, ImageRequest):
        raise TypeError(f"battle {battle.id} has a picture that is no painting")
    return ImageRequest(prompt=battle.prompt)


def _open(battle: Battle, words: Words, shown: tuple[ShownImage, ...]) -> discord.ui.LayoutView:
    files, image_ids = [file_name(item) for item in shown], [item.image.id for item in shown]
    return open_battle(battle, files, image_ids, words)
