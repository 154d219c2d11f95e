"""The buttons and menus of rounds: the ballot, the pages, and painting an example."""

from collections.abc import Mapping

import discord

from bot.domain.errors import PageExpired
from bot.domain.rounds.targets import RoundTarget, read_round_target
from bot.services.asking.generation import GenerationService
from bot.services.asking.presses import Presses
from bot.services.asking.proposals import Proposer
from bot.services.rounds.ballots import BallotPaper
from bot.services.rounds.rounds import RoundServices
from bot.services.statistics.ports import ChartStudio
from bot.text.words import words_for
from bot.ui.parts.acknowledge import acknowledge, defer, place_of
from bot.ui.parts.action_select import chosen_numbers
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import is_repeat, think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.rounds.ballot_panel import (
    ROUND_APPROVE,
    ROUND_PAINT,
    ROUND_RANK,
    ROUND_UNDO,
    ROUND_UNVOTE,
    ballot_panel,
)
from bot.ui.rounds.panels import ROUND_BACK, ROUND_ONWARDS, ROUND_VOTE
from cogs.results.buttons import ButtonCog
from cogs.results.voting import voter_of
from cogs.rounds.showing import show_round


class RoundButtons(ButtonCog):
    """Serves them, whenever their message was sent."""

    def __init__(
        self,
        actions: ActionRegistry,
        rounds: RoundServices,
        *,
        proposer: Proposer,
        generation: GenerationService,
        studio: ChartStudio,
        presses: Presses,
    ) -> None:
        super().__init__(actions)
        self._rounds = rounds
        self._proposer = proposer
        self._generation = generation
        self._studio = studio
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            ROUND_VOTE: self._open_ballot,
            ROUND_APPROVE: self._approve,
            ROUND_RANK: self._rank,
            ROUND_UNDO: self._undo,
            ROUND_UNVOTE: self._unvote,
            ROUND_PAINT: self._paint,
            ROUND_BACK: self._turn,
            ROUND_ONWARDS: self._turn,
        }

    async def _open_ballot(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        round_id = _read(target, numbers=0).round_id
        paper = await self._rounds.ballots.paper(round_id, voter_of(interaction))
        await _show_ballot(interaction, paper)

    async def _approve(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        read = _read(target, numbers=2)
        low, high = read.numbers
        paper = await self._rounds.ballots.approve(
            read.round_id,
            voter_of(interaction),
            low=low,
            high=high,
            chosen=chosen_numbers(interaction),
        )
        await _show_ballot(interaction, paper)

    async def _rank(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        read = _read(target, numbers=2)
        chosen = chosen_numbers(interaction)
        if len(chosen) != 1:
            raise PageExpired
        paper = await self._rounds.ballots.rank(
            read.round_id, voter_of(interaction), place=read.numbers[0], number=chosen[0]
        )
        await _show_ballot(interaction, paper)

    async def _undo(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        read = _read(target, numbers=1)
        paper = await self._rounds.ballots.undo(
            read.round_id, voter_of(interaction), place=read.numbers[0]
        )
        await _show_ballot(interaction, paper)

    async def _unvote(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        round_id = _read(target, numbers=0).round_id
        paper = await self._rounds.ballots.withdraw(round_id, voter_of(interaction))
        await _show_ballot(interaction, paper)

    async def _paint(self, interaction: discord.Interaction, target: str) -> None:
        """Paint an example as any other picture, at the proposer's cost; the same one once."""
        if await is_repeat(interaction, self._presses):
            return
        read, place = _read(target, numbers=1), place_of(interaction)
        reply = await defer(interaction, private=False, now=self._generation.now())
        proposed = await self._rounds.proposals.waiting(read.round_id, read.numbers[0], place)
        plans = self._proposer.propose_read(proposed.example_wish, place).plans
        [job] = await self._generation.accept_all(
            plans, reply=reply, idempotency_key=f"example-{target}"
        )
        await self._rounds.proposals.attach(proposed, job.images[0].id)

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        read = _read(target, numbers=1)
        number = read.numbers[0]
        guild_id = place_of(interaction).guild_id
        standing = await self._rounds.view.turned(read.round_id, number, guild_id)
        await show_round(interaction, self._rounds, self._studio, standing, number=number)


def _read(target: str, *, numbers: int) -> RoundTarget:
    found = read_round_target(target, numbers=numbers)
    if found is None:
        raise PageExpired
    return found


async def _show_ballot(interaction: discord.Interaction, paper: BallotPaper) -> None:
    view = ballot_panel(paper, words_for(interaction.locale.value))
    await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
