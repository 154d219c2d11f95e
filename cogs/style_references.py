"""`/style reference`: the pictures that guide what is painted in a style of the server."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.domain.styles.references import MOST_OF_A_STYLE
from bot.services.styles.references import StyleReferences
from bot.text import commands as text
from bot.text.votes.style_references import reference_added, reference_removed
from bot.text.words import words_for
from bot.ui.asking import option_choices
from bot.ui.parts.answers import answer, think_privately
from bot.ui.tools.offered_pictures import offered
from cogs.style import add_to_style, keeper_of

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class ReferenceCommands(app_commands.Group, name="reference", description=text.STYLE_REFERENCE):
    """For a style's author, and for who may manage the server."""

    def __init__(self, references: StyleReferences) -> None:
        super().__init__()
        self._references = references

    @app_commands.command(description=text.STYLE_REFERENCE_ADD)
    @app_commands.describe(name=text.STYLE_NAME, image=text.STYLE_REFERENCE_IMAGE)
    @app_commands.autocomplete(name=option_choices.server_styles)
    async def add(
        self, interaction: discord.Interaction, name: str, image: discord.Attachment
    ) -> None:
        """Take a picture in; what is refused for what Discord says of it is refused at once."""
        keeper, picture = keeper_of(interaction), offered(image)
        self._references.check(name, picture, keeper)
        await think_privately(interaction)
        guided = await self._references.add(name, picture, keeper)
        await answer(interaction, reference_added(guided, words_for(interaction.locale.value)))

    @app_commands.command(description=text.STYLE_REFERENCE_REMOVE)
    @app_commands.describe(name=text.STYLE_NAME, number=text.STYLE_REFERENCE_NUMBER)
    @app_commands.autocomplete(name=option_choices.server_styles)
    async def remove(
        self,
        interaction: discord.Interaction,
        name: str,
        number: app_commands.Range[int, 1, MOST_OF_A_STYLE] = 1,
    ) -> None:
        """Take a picture away."""
        await think_privately(interaction)
        guided = await self._references.remove(name, number, keeper_of(interaction))
        words = words_for(interaction.locale.value)
        await answer(interaction, reference_removed(guided, words))


async def setup(client: "Gondola[Services]") -> None:
    """Add the commands to `/style`, which is there already."""
    add_to_style(client, ReferenceCommands(client.services.community.style_references))
