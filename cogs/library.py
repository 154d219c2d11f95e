"""`/history` and `/gallery`: pictures, found again."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import PageExpired
from bot.domain.library.browsing import (
    MAX_FILTER_CHARS,
    Order,
    PictureQuery,
    Shelf,
    read_turn_target,
)
from bot.services.library.library import LibraryService, PicturePage, Viewer
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking import option_choices
from bot.ui.client.visibility import channels_for_all
from bot.ui.library.library_panel import BACK, ONWARDS, library_panel, thumbnail_files
from bot.ui.parts.acknowledge import acknowledge, place_of, think
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import think_privately
from bot.ui.parts.availability import in_servers_only
from bot.ui.parts.panel import NO_MENTIONS

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Filter = app_commands.Range[str, 1, MAX_FILTER_CHARS]


class Library(commands.Cog):
    """Leafing through pictures."""

    def __init__(self, library: LibraryService, actions: ActionRegistry) -> None:
        self._library = library
        self._actions = actions

    async def cog_load(self) -> None:
        """Serve the buttons."""
        self._actions.register(BACK, self._turn)
        self._actions.register(ONWARDS, self._turn)

    async def cog_unload(self) -> None:
        """Serve them no longer."""
        self._actions.unregister(BACK)
        self._actions.unregister(ONWARDS)

    @app_commands.command(description=text.HISTORY)
    @app_commands.describe(text=text.FILTER_TEXT, model=text.FILTER_MODEL, style=text.FILTER_STYLE)
    @app_commands.autocomplete(model=option_choices.models, style=option_choices.style_presets)
    async def history(
        self,
        interaction: discord.Interaction,
        text: Filter | None = None,
        model: Filter | None = None,
        style: Filter | None = None,
    ) -> None:
        """Show the member's own pictures, to them alone."""
        await think_privately(interaction)
        query = PictureQuery(shelf=Shelf.HISTORY, model=model, style=style, text=text)
        await _show(interaction, await self._library.open(query, _viewer(interaction)))

    @app_commands.command(description=text.GALLERY)
    @in_servers_only
    @app_commands.describe(
        order=text.GALLERY_ORDER,
        text=text.FILTER_TEXT,
        model=text.FILTER_MODEL,
        style=text.FILTER_STYLE,
    )
    @app_commands.autocomplete(model=option_choices.models, style=option_choices.style_presets)
    async def gallery(
        self,
        interaction: discord.Interaction,
        order: Literal["newest", "favourites", "votes"] = "newest",
        text: Filter | None = None,
        model: Filter | None = None,
        style: Filter | None = None,
    ) -> None:
        """Show the server's pictures, to all who read here."""
        await think(interaction, private=False)
        query = PictureQuery(
            shelf=Shelf.GALLERY, order=Order(order), model=model, style=style, text=text
        )
        await _show(interaction, await self._library.open(query, _viewer(interaction)))

    async def _turn(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        found = read_turn_target(target)
        if found is None:
            raise PageExpired
        page_id, turn = found
        page = await self._library.turn(page_id, turn, _viewer(interaction))
        await _show(interaction, page)


def _viewer(interaction: discord.Interaction) -> Viewer:
    return Viewer(place_of(interaction), channels_for_all(interaction))


async def _show(interaction: discord.Interaction, page: PicturePage) -> None:
    async with thumbnail_files(page) as files:
        await interaction.edit_original_response(
            view=library_panel(page, words_for(interaction.locale.value)),
            attachments=files,
            allowed_mentions=NO_MENTIONS,
        )


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(Library(client.services.library, client.actions))
