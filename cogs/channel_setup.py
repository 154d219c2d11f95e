"""The buttons of `/channel setup`; who presses one has to manage the server still."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.domain.errors import PageExpired
from bot.domain.gate.channel_setup import Walk, read_walk
from bot.services.gate.channel_policies import ChannelPolicyService
from bot.text.words import words_for
from bot.ui.gate.setup_panel import (
    SETUP_ANSWER,
    SETUP_APPLY,
    SETUP_BACK,
    SETUP_CANCEL,
    setup_done_panel,
    setup_left_panel,
    setup_panel,
)
from bot.ui.parts.acknowledge import acknowledge, place_of, powers_of
from bot.ui.parts.actions import ActionRegistry, Handler
from bot.ui.parts.panel import NO_MENTIONS
from cogs.results.buttons import ButtonCog

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class ChannelSetup(ButtonCog):
    """One question after the other, and one change at the end."""

    def __init__(self, actions: ActionRegistry, service: ChannelPolicyService) -> None:
        super().__init__(actions)
        self._service = service

    def handlers(self) -> Mapping[str, Handler]:
        """Which method serves which kind."""
        return {
            SETUP_ANSWER: self._go,
            SETUP_BACK: self._go,
            SETUP_APPLY: self._apply,
            SETUP_CANCEL: self._leave,
        }

    async def _go(self, interaction: discord.Interaction, target: str) -> None:
        here = self._service.to_set_up(place_of(interaction), powers_of(interaction))
        view = setup_panel(_walk(target), here, words_for(interaction.locale.value))
        await interaction.response.edit_message(view=view, allowed_mentions=NO_MENTIONS)

    async def _apply(self, interaction: discord.Interaction, target: str) -> None:
        place, powers, walk = place_of(interaction), powers_of(interaction), _walk(target)
        self._service.to_set_up(place, powers)
        await acknowledge(interaction)
        here = await self._service.set_up(walk, place, powers)
        view = setup_done_panel(here, words_for(place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    async def _leave(self, interaction: discord.Interaction, _target: str) -> None:
        view = setup_left_panel(words_for(interaction.locale.value))
        await interaction.response.edit_message(view=view, allowed_mentions=NO_MENTIONS)


def _walk(target: str) -> Walk:
    walk = read_walk(target)
    if walk is None:
        raise PageExpired
    return walk


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(ChannelSetup(client.actions, client.services.moderation.channels))
