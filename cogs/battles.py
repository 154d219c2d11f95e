"""`/style battle`: two styles, one prompt, and a vote that does not know which is which."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, cast

import discord
from discord import app_commands

from bot.domain.battles.battle import (
    DEFAULT_MINUTES,
    FEWEST_MINUTES,
    MOST_MINUTES,
    MOST_VOTES,
    Side,
)
from bot.domain.errors import ChannelUnwritable
from bot.domain.ids import BattleId, ChannelId
from bot.services.asking.generation import GenerationService
from bot.services.asking.presses import Presses
from bot.services.battles.battles import BattleService
from bot.services.battles.plans import BattleWish
from bot.services.battles.votes import BattleVoteService
from bot.text import commands as text
from bot.text.battles import battles as said
from bot.text.words import words_for
from bot.ui.asking import image_options, option_choices
from bot.ui.battles.panel import (
    BATTLE_START,
    BATTLE_STOP,
    BATTLE_VOTE,
    battle_question,
    battle_started,
    painting_battle,
)
from bot.ui.client.visibility import may_post
from bot.ui.parts.acknowledge import actor_of, defer, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from bot.ui.parts.editing import edit_answer
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog
from cogs.results.voting import voter_of
from cogs.style import add_to_style

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

COMMAND = "battle"

Minutes = app_commands.Range[int, FEWEST_MINUTES, MOST_MINUTES]
Votes = app_commands.Range[int, 1, MOST_VOTES]


class Battles(ButtonCog):
    """Battles of styles: asked about with their price, started, voted on, called off."""

    def __init__(
        self,
        actions: ActionRegistry,
        *,
        battles: BattleService,
        votes: BattleVoteService,
        generation: GenerationService,
        presses: Presses,
    ) -> None:
        super().__init__(actions)
        self._battles = battles
        self._votes = votes
        self._generation = generation
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            BATTLE_START: self._start,
            BATTLE_STOP: self._stop,
            **{kind: partial(self._vote, side) for side, kind in BATTLE_VOTE.items()},
        }

    async def ask(self, interaction: discord.Interaction, wish: BattleWish) -> None:
        """Say which styles would meet and what that costs; nothing is spent before a word."""
        if not may_post(interaction):
            raise ChannelUnwritable(ChannelId(interaction.channel_id or 0))
        question = await defer(interaction, private=True, now=self._generation.now())
        asked = await self._battles.ask(
            wish, place_of(interaction), interaction_id=interaction.id, question=question
        )
        await interaction.edit_original_response(
            view=battle_question(asked, words_for(interaction.locale.value)),
            allowed_mentions=NO_MENTIONS,
        )

    async def _start(self, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        reply = await defer(interaction, private=False, now=self._generation.now())
        place, words = place_of(interaction), words_for(interaction.locale.value)
        asked = await self._battles.asked(target, place)
        # Before the pictures are asked for, so that it never overwrites them.
        await interaction.edit_original_response(
            view=painting_battle(asked.battle, words), allowed_mentions=NO_MENTIONS
        )
        await self._battles.start(asked, place, reply=reply)
        await edit_answer(interaction.client, asked.pending.question, battle_started(words))

    async def _vote(self, side: Side, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await think_privately(interaction)
        cast_vote = await self._votes.vote(BattleId(target), voter_of(interaction), side)
        words = words_for(interaction.locale.value)
        await answer(interaction, said.vote_taken(cast_vote.vote, cast_vote.former, words))

    async def _stop(self, interaction: discord.Interaction, target: str) -> None:
        await think_privately(interaction)
        await self._votes.stop(BattleId(target), actor_of(interaction))
        await answer(interaction, said.stopped(words_for(interaction.locale.value)))


BattleCommand: TypeAlias = app_commands.Command[Battles, ..., None]


def battle_command(cog: Battles) -> BattleCommand:
    """The command, which belongs to the group of another cog."""

    @app_commands.command(name=COMMAND, description=text.BATTLE)
    @app_commands.describe(
        prompt=text.BATTLE_PROMPT,
        a=text.BATTLE_A,
        b=text.BATTLE_B,
        minutes=text.BATTLE_MINUTES,
        votes=text.BATTLE_VOTES,
    )
    @app_commands.autocomplete(a=option_choices.styles, b=option_choices.styles)
    async def battle(
        interaction: discord.Interaction,
        prompt: image_options.Prompt,
        a: str | None = None,
        b: str | None = None,
        minutes: Minutes = DEFAULT_MINUTES,
        votes: Votes | None = None,
    ) -> None:
        """Ask for a battle."""
        await cog.ask(interaction, BattleWish(prompt, a, b, minutes, votes))

    return cast("BattleCommand", battle)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs, and its command to `/style`."""
    services = client.services
    cog = Battles(
        client.actions,
        battles=services.community.battles,
        votes=services.community.battle_votes,
        generation=services.generation,
        presses=services.results.presses,
    )
    await client.add_cog(cog)
    add_to_style(client, battle_command(cog))
