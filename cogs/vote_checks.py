"""`/style explain`, `/style withdraw-votes`, and the buttons that decide on held votes."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.domain.errors import PageExpired
from bot.domain.ids import UserId
from bot.domain.voting.holding import HoldId, HoldState
from bot.services.votes.explaining import VoteExplainer
from bot.services.votes.held_votes import HeldVoteService
from bot.services.votes.withdrawal import VoteWithdrawal
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking import option_choices
from bot.ui.moderation.reviewers import owner_of, reviewer_of
from bot.ui.parts.acknowledge import acknowledge, place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS
from bot.ui.votes.vote_check_panel import (
    HOLD_COUNT,
    HOLD_DROP,
    WITHDRAW_VOTES,
    decided_panel,
    explanation_panel,
    withdrawal_panel,
    withdrawn_panel,
)
from cogs.results.buttons import ButtonCog
from cogs.style import add_to_style, keeper_of

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class VoteChecks(ButtonCog):
    """What is done against cheating, and how votes are explained to everybody."""

    def __init__(
        self,
        actions: ActionRegistry,
        *,
        held: HeldVoteService,
        withdrawal: VoteWithdrawal,
        explainer: VoteExplainer,
    ) -> None:
        super().__init__(actions)
        self._held = held
        self._withdrawal = withdrawal
        self._explainer = explainer

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            HOLD_COUNT: partial(self._decide, HoldState.COUNTED),
            HOLD_DROP: partial(self._decide, HoldState.DROPPED),
            WITHDRAW_VOTES: self._withdraw,
        }

    async def explain(self, interaction: discord.Interaction, style: str) -> None:
        """Say how a tally came about, to whoever asks."""
        await think_privately(interaction)
        explanation = await self._explainer.explain(style, place_of(interaction).guild_id)
        await _show(interaction, explanation_panel(explanation, words_for(_locale(interaction))))

    async def ask(self, interaction: discord.Interaction, user_id: UserId) -> None:
        """Say how many votes would be taken back."""
        keeper = keeper_of(interaction)
        keeper.check()
        await think_privately(interaction)
        found = await self._withdrawal.ask(user_id, keeper)
        await _show(interaction, withdrawal_panel(found, words_for(_locale(interaction))))

    async def _withdraw(self, interaction: discord.Interaction, target: str) -> None:
        if not target.isdecimal():
            raise PageExpired
        keeper = keeper_of(interaction)
        keeper.check()
        await acknowledge(interaction)
        found = await self._withdrawal.withdraw(UserId(int(target)), keeper)
        await _show(interaction, withdrawn_panel(found, words_for(_locale(interaction))))

    async def _decide(
        self, state: HoldState, interaction: discord.Interaction, target: str
    ) -> None:
        await acknowledge(interaction)
        hold_id = HoldId(target)
        if interaction.guild_id is None:
            reviewer = owner_of(interaction, await self._held.server_of(hold_id))
        else:
            reviewer = reviewer_of(interaction)
        notice = await self._held.decide(hold_id, state, reviewer)
        locale = interaction.guild_locale or interaction.locale
        view = decided_panel(notice, interaction.user.id, words_for(locale.value))
        await _show(interaction, view)


def commands_of(cog: VoteChecks) -> list[app_commands.Command[Any, ..., None]]:
    """The commands, which belong to the group of another cog."""

    @app_commands.command(description=text.STYLE_EXPLAIN)
    @app_commands.describe(style=text.STYLE_EXPLAINED)
    @app_commands.autocomplete(style=option_choices.styles)
    async def explain(interaction: discord.Interaction, style: str) -> None:
        """Explain a style's votes."""
        await cog.explain(interaction, style)

    @app_commands.command(name="withdraw-votes", description=text.STYLE_WITHDRAW)
    @app_commands.describe(member=text.STYLE_WITHDRAWN)
    async def withdraw_votes(interaction: discord.Interaction, member: discord.User) -> None:
        """Ask whether to take back a member's votes."""
        await cog.ask(interaction, UserId(member.id))

    return [explain, withdraw_votes]


def _locale(interaction: discord.Interaction) -> str:
    return interaction.locale.value


async def _show(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs, and its commands to `/style`."""
    community = client.services.community
    cog = VoteChecks(
        client.actions,
        held=community.held_votes,
        withdrawal=community.vote_withdrawal,
        explainer=community.vote_explainer,
    )
    await client.add_cog(cog)
    add_to_style(client, *commands_of(cog))
