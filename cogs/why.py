"""The button "Why?" of a refusal: what the rules come to for whoever presses it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.domain.errors import PageExpired
from bot.domain.gate.rule import Rule
from bot.services.gate.explaining import ExplainingService
from bot.text.words import words_for
from bot.ui.gate.channel_panel import why_panel
from bot.ui.gate.why_button import WHY
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Why(ButtonCog):
    """Explains refusals to those who press, each with their own case."""

    def __init__(self, actions: ActionRegistry, explaining: ExplainingService) -> None:
        super().__init__(actions)
        self._explaining = explaining

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {WHY: self._explain}

    async def _explain(self, interaction: discord.Interaction, target: str) -> None:
        if target not in tuple(Rule):
            raise PageExpired
        await think_privately(interaction)
        explanation = await self._explaining.explain(place_of(interaction))
        view = why_panel(Rule(target), explanation, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(Why(client.actions, client.services.moderation.explaining))
