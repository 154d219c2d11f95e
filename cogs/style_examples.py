"""`/style example`: the picture that shows what a style of the server looks like."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.services.asking.suggestions import Suggestion
from bot.services.styles.looks import StyleLooks
from bot.services.styles.own_pictures import OwnPictures
from bot.text import commands as text
from bot.text.votes import styles as said
from bot.text.words import words_for
from bot.ui.asking import option_choices
from bot.ui.asking.choices import as_choices
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import answer, think_privately
from cogs.style import add_to_style, keeper_of

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


def command_of(looks: StyleLooks, pictures: OwnPictures) -> app_commands.Command[Any, ..., None]:
    """The command, which belongs to the group of another cog."""

    @app_commands.command(description=text.STYLE_EXAMPLE)
    @app_commands.describe(name=text.STYLE_NAME, image=text.STYLE_EXAMPLE_IMAGE)
    @app_commands.autocomplete(name=option_choices.server_styles)
    async def example(
        interaction: discord.Interaction, name: str, image: str | None = None
    ) -> None:
        """Set the example of a style, or take it away."""
        keeper = keeper_of(interaction)
        looks.check(name, keeper)
        await think_privately(interaction)
        words = words_for(interaction.locale.value)
        if image is None:
            style = await looks.show_by_none(name, keeper)
            await answer(interaction, said.example_taken_away(style, words))
            return
        style = await looks.show_by(name, image, keeper)
        await answer(interaction, said.example_chosen(style, words))

    @example.autocomplete("image")
    async def _offer(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = await pictures.suggest(place_of(interaction), typed)
        shown = [Suggestion(each.image_id, each.prompt or each.image_id) for each in found]
        return as_choices(shown, words_for(interaction.locale.value))

    return example


async def setup(client: "Gondola[Services]") -> None:
    """Add the command to `/style`, which is there already."""
    community = client.services.community
    add_to_style(client, command_of(community.style_looks, community.own_pictures))
