"""Rounds as members see them: what was proposed, with examples, and how many have voted."""

import asyncio
from collections.abc import Sequence

from bot.domain.ids import ChannelId, GuildId
from bot.domain.rounds.errors import NoRoundHere
from bot.domain.rounds.style_round import RoundId, StyleProposal, StyleRound
from bot.services.library.ports import Thumbnails
from bot.services.ports import Policies
from bot.services.rounds.ports import ExampleCard, RoundStanding
from bot.services.storage_ports import Storage

CARDS_PER_PAGE = 6


class RoundView:
    """Reads rounds. What may be shown is asked anew each time, by the rules of the channel."""

    def __init__(self, *, storage: Storage, policies: Policies, thumbnails: Thumbnails) -> None:
        self._storage = storage
        self._policies = policies
        self._thumbnails = thumbnails

    async def here(self, channel_id: ChannelId) -> RoundStanding:
        """The first page of the channel's last round, whether it is over or not.

        Raises:
            NoRoundHere: if there never was one.
        """
        async with self._storage.read() as tx:
            found = await tx.rounds.latest_in(channel_id)
        if found is None:
            raise NoRoundHere
        return await self.page(found, 0)

    async def turned(
        self, round_id: RoundId, number: int, guild_id: GuildId | None
    ) -> RoundStanding:
        """Another page of a round, counted from 0.

        Raises:
            NoRoundHere: if the server has no such round.
        """
        async with self._storage.read() as tx:
            found = await tx.rounds.get(round_id)
        if found is None or found.guild_id != guild_id:
            raise NoRoundHere
        return await self.page(found, number)

    async def page(self, style_round: StyleRound, number: int) -> RoundStanding:
        """A page of a round; behind the last one there is nothing on it."""
        first = number * CARDS_PER_PAGE
        return await self._standing(style_round, slice(first, first + CARDS_PER_PAGE))

    async def with_first(self, style_round: StyleRound, count: int) -> RoundStanding:
        """A round, with the examples of its first proposals."""
        return await self._standing(style_round, slice(0, count))

    async def with_winners(self, style_round: StyleRound) -> RoundStanding:
        """A round that was counted, with the examples of its winners, the first one first."""
        proposals, ballots = await self._read(style_round.id)
        result = style_round.result
        numbers = [winner.number for winner in result.winners] if result is not None else []
        by_number = {each.number: each for each in proposals}
        winners = [by_number[number] for number in numbers if number in by_number]
        cards = await self._cards(style_round, winners)
        return RoundStanding(style_round, proposals, cards, ballots)

    async def _standing(self, style_round: StyleRound, pictured: slice) -> RoundStanding:
        proposals, ballots = await self._read(style_round.id)
        cards = await self._cards(style_round, proposals[pictured])
        return RoundStanding(style_round, proposals, cards, ballots)

    async def _read(self, round_id: RoundId) -> tuple[tuple[StyleProposal, ...], int]:
        async with self._storage.read() as tx:
            found = await tx.rounds.proposals(round_id)
            ballots = await tx.rounds.ballot_count(round_id)
        return tuple(each for each in found if each.stands), ballots

    async def _cards(
        self, style_round: StyleRound, proposals: Sequence[StyleProposal]
    ) -> tuple[ExampleCard, ...]:
        policy = self._policies.of_place(style_round.guild_id, style_round.channel_id)
        image_ids = [each.image_id for each in proposals if each.image_id is not None]
        async with self._storage.read() as tx:
            pictures = await tx.examples.pictures(
                image_ids, style_round.guild_id, safe_only=policy.safe_mode
            )

        async def card(proposal: StyleProposal) -> ExampleCard:
            picture = pictures.get(proposal.image_id) if proposal.image_id is not None else None
            thumbnail = await self._thumbnails.of(picture) if picture is not None else None
            return ExampleCard(proposal, thumbnail)

        return tuple(await asyncio.gather(*map(card, proposals)))
