"""Votes for and against a picture."""

from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.domain.voting.vote import VoteValue
from bot.services.asking.presses import Presses
from bot.services.votes.voter import Voter
from bot.services.votes.votes import VoteService
from bot.text.votes.votes import vote_taken
from bot.text.words import words_for
from bot.ui.parts.acknowledge import actor_of, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import answer, is_repeat, think_privately
from cogs.results.buttons import ButtonCog


class Voting(ButtonCog):
    """Buttons with counts; who pressed is told alone."""

    def __init__(self, actions: ActionRegistry, votes: VoteService, presses: Presses) -> None:
        super().__init__(actions)
        self._votes = votes
        self._presses = presses

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            Action.UPVOTE: partial(self._press, VoteValue.UP),
            Action.DOWNVOTE: partial(self._press, VoteValue.DOWN),
        }

    async def _press(self, value: VoteValue, interaction: discord.Interaction, target: str) -> None:
        if await is_repeat(interaction, self._presses):
            return
        await think_privately(interaction)
        vote = await self._votes.press(ImageId(target), voter_of(interaction), value)
        await answer(interaction, vote_taken(vote, words_for(interaction.locale.value)))


def voter_of(interaction: discord.Interaction) -> Voter:
    """Who votes, as the interaction says."""
    user = interaction.user
    member_since = user.joined_at if isinstance(user, discord.Member) else None
    who = place_of(interaction).participant
    return Voter(actor_of(interaction), user.created_at, member_since, who)
