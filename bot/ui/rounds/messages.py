"""Messages of rounds to their channels, in the server's language."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from http import HTTPStatus

import aiohttp
import discord

from bot.services.ports import DeliveryDelayedError, UndeliverableError
from bot.services.rounds.ports import RoundStanding
from bot.services.statistics.ports import ChartStudio
from bot.text.words import Words, words_for
from bot.ui.client.connection import Connection
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.rounds.panels import (
    CHART_FILE,
    example_name,
    round_chart,
    round_reminder_panel,
    round_result_panel,
    round_voting_panel,
)

SEND_TIMEOUT_S = 60.0

_NO_WAY = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
_DELAYS = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordRoundMessages:
    """`RoundMessenger` on Discord. A nonce lets Discord recognise a message sent again."""

    def __init__(self, connection: Connection, studio: ChartStudio) -> None:
        self._connection = connection
        self._studio = studio

    async def tell_voting(self, standing: RoundStanding) -> None:
        """Tell that members can vote from now on."""
        async with example_files(standing) as files:
            view = round_voting_panel(standing, self._words(standing))
            await self._send(standing, view, files, nonce=f"{standing.round.id}-v")

    async def tell_result(self, standing: RoundStanding) -> None:
        """Tell what the round came to."""
        words = self._words(standing)
        chart = await round_chart_files(standing, self._studio, words)
        async with example_files(standing) as examples:
            view = round_result_panel(standing, words, has_chart=bool(chart))
            await self._send(standing, view, [*chart, *examples], nonce=f"{standing.round.id}-r")

    async def remind(self, standing: RoundStanding) -> None:
        """Remind the channel of the present phase's end."""
        view = round_reminder_panel(standing, self._words(standing))
        await self._send(
            standing, view, [], nonce=f"{standing.round.id}-n{standing.round.phase[0]}"
        )

    def _words(self, standing: RoundStanding) -> Words:
        guild = self._connection.client.get_guild(standing.round.guild_id)
        return words_for(guild.preferred_locale.value if guild is not None else "")

    async def _send(
        self,
        standing: RoundStanding,
        view: discord.ui.LayoutView,
        files: list[discord.File],
        *,
        nonce: str,
    ) -> None:
        await self._connection.wait_until_open()
        channel = self._connection.client.get_partial_messageable(standing.round.channel_id)
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._connection.run(
                    channel.send(view=view, files=files, allowed_mentions=NO_MENTIONS, nonce=nonce)
                )
        except _DELAYS as error:
            if isinstance(error, discord.HTTPException) and error.status in _NO_WAY:
                raise UndeliverableError(f"{error}") from error
            raise DeliveryDelayedError(f"{type(error).__name__}: {error}") from error


async def round_chart_files(
    standing: RoundStanding, studio: ChartStudio, words: Words
) -> list[discord.File]:
    """The chart of a result as an upload; none where there was no vote."""
    result = standing.round.result
    chart = round_chart(result, words) if result is not None else None
    if chart is None:
        return []
    return [discord.File(io.BytesIO(await studio.draw(chart)), filename=CHART_FILE)]


@contextlib.asynccontextmanager
async def example_files(standing: RoundStanding) -> AsyncIterator[list[discord.File]]:
    """The examples as uploads, opened and closed off the loop."""
    files = [
        await asyncio.to_thread(
            discord.File,
            card.thumbnail,
            filename=example_name(card),
            description=card.proposal.draft.name,
        )
        for card in standing.cards
        if card.thumbnail is not None
    ]
    try:
        yield files
    finally:
        for file in files:
            file.close()
