"""The button that cancels a job."""

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.domain.ids import JobId, UserId
from bot.services.jobs.cancelling import CancelService
from bot.text.results.cancelling import cancelling_sentence
from bot.text.words import words_for
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import remark
from bot.ui.parts.style import ICON_CANCEL, LANTERN
from bot.ui.results.progress_panel import CANCEL

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Cancel(commands.Cog):
    """Cancelling what is not sent yet."""

    def __init__(self, cancelling: CancelService, actions: ActionRegistry) -> None:
        self._cancelling = cancelling
        self._actions = actions

    async def cog_load(self) -> None:
        """Serve the button."""
        self._actions.register(CANCEL, self.cancel)

    async def cog_unload(self) -> None:
        """Serve it no longer."""
        self._actions.unregister(CANCEL)

    async def cancel(self, interaction: discord.Interaction, job_id: str) -> None:
        """Cancel, and say to the member alone what became of it."""
        await think_privately(interaction)
        outcome = await self._cancelling.cancel(
            JobId(job_id),
            UserId(interaction.user.id),
            moderator=interaction.permissions.manage_messages,
        )
        sentence = cancelling_sentence(outcome, words_for(interaction.locale.value))
        await interaction.edit_original_response(view=remark(ICON_CANCEL, sentence, colour=LANTERN))


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(Cancel(client.services.cancelling, client.actions))
