"""`/help` and `/surprise`: what the bot can do, and a prompt to begin with."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.wish import ImageWish
from bot.services.library.help import HelpService
from bot.text import commands as text
from bot.text.library.help import surprise_title
from bot.text.words import words_for
from bot.ui.asking.asking import Asker
from bot.ui.asking.prompt_modal import PromptModal
from bot.ui.library.help_panel import SURPRISE, available_commands, help_panel
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Help(commands.Cog):
    """A member's first steps."""

    def __init__(
        self,
        help_service: HelpService,
        asker: Asker,
        *,
        tree: app_commands.CommandTree[discord.AutoShardedClient],
        actions: ActionRegistry,
    ) -> None:
        self._help = help_service
        self._asker = asker
        self._tree = tree
        self._actions = actions

    async def cog_load(self) -> None:
        """Serve the button."""
        self._actions.register(SURPRISE, self._on_surprise_button)

    async def cog_unload(self) -> None:
        """Serve it no longer."""
        self._actions.unregister(SURPRISE)

    @app_commands.command(name="help", description=text.HELP)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show what there is, to the member alone."""
        await think_privately(interaction)
        place = place_of(interaction)
        available = available_commands(interaction, self._tree.get_commands())
        overview = await self._help.overview(place)
        view = help_panel(overview, available, words_for(place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @app_commands.command(description=text.SURPRISE)
    async def surprise(self, interaction: discord.Interaction) -> None:
        """Offer a prompt, to be changed before anything is spent."""
        await self._offer(interaction)

    async def _on_surprise_button(self, interaction: discord.Interaction, target: str) -> None:
        del target
        await self._offer(interaction)

    async def _offer(self, interaction: discord.Interaction) -> None:
        words = words_for(interaction.locale.value)
        modal = PromptModal(surprise_title(words), self._ask, words, prompt=self._help.surprise())
        await interaction.response.send_modal(modal)

    async def _ask(self, interaction: discord.Interaction, prompt: str) -> None:
        await self._asker.ask(interaction, ImageWish(prompt=prompt))


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    asker = Asker.of(services)
    await client.add_cog(Help(services.help, asker, tree=client.tree, actions=client.actions))
