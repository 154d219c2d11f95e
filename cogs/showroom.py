"""`/models` and `/styles`: what there is to paint with, and a prompt begun with it."""

from functools import partial
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.effects import Setting
from bot.domain.asking.wish import ImageWish
from bot.domain.errors import PageExpired
from bot.domain.flags import Options
from bot.domain.library.browsing import (
    MAX_FILTER_CHARS,
    ModelQuery,
    Privacy,
    StyleQuery,
    read_number_target,
)
from bot.services.library.library import Viewer
from bot.services.library.showroom import ModelPage, Showroom, StylePage
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking.asking import Asker
from bot.ui.asking.prompt_modal import PromptModal
from bot.ui.client.visibility import channels_for_all
from bot.ui.library.help_panel import SHOW_MODELS
from bot.ui.library.showroom_panel import (
    MODELS_BACK,
    MODELS_ONWARDS,
    START_MODEL,
    START_STYLE,
    STYLES_BACK,
    STYLES_ONWARDS,
    example_files,
    models_panel,
    styles_panel,
)
from bot.ui.parts.acknowledge import acknowledge, place_of
from bot.ui.parts.actions import ActionRegistry
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Filter = app_commands.Range[str, 1, MAX_FILTER_CHARS]


class ShowroomCog(commands.Cog):
    """Leafing through models and styles; shown to the member alone."""

    def __init__(self, showroom: Showroom, asker: Asker, actions: ActionRegistry) -> None:
        self._showroom = showroom
        self._asker = asker
        self._actions = actions
        self._handlers = {
            MODELS_BACK: self._turn_models,
            MODELS_ONWARDS: self._turn_models,
            SHOW_MODELS: self._open_models,
            START_MODEL: self._start_model,
            STYLES_BACK: self._turn_styles,
            STYLES_ONWARDS: self._turn_styles,
            START_STYLE: self._start_style,
        }

    async def cog_load(self) -> None:
        """Serve the buttons."""
        for kind, handler in self._handlers.items():
            self._actions.register(kind, handler)

    async def cog_unload(self) -> None:
        """Serve them no longer."""
        for kind in self._handlers:
            self._actions.unregister(kind)

    @app_commands.command(description=text.MODELS)
    @app_commands.describe(
        text=text.MODELS_TEXT, privacy=text.MODELS_PRIVACY, honours=text.MODELS_HONOURS
    )
    async def models(
        self,
        interaction: discord.Interaction,
        text: Filter | None = None,
        privacy: Literal["private", "anonymized"] | None = None,
        honours: Literal[
            "negative", "steps", "guidance", "lora_strength", "web_search", "reference"
        ]
        | None = None,
    ) -> None:
        """Show the models."""
        query = ModelQuery(
            text=text,
            privacy=Privacy(privacy) if privacy else None,
            honours=Setting(honours) if honours else None,
        )
        await think_privately(interaction)
        page = await self._showroom.open_models(query, place_of(interaction))
        await _show_models(interaction, page)

    @app_commands.command(description=text.STYLES)
    @app_commands.describe(text=text.STYLES_TEXT)
    async def styles(self, interaction: discord.Interaction, text: Filter | None = None) -> None:
        """Show the styles."""
        await think_privately(interaction)
        page = await self._showroom.open_styles(StyleQuery(text=text), _viewer(interaction))
        await _show_styles(interaction, page)

    async def _open_models(self, interaction: discord.Interaction, target: str) -> None:
        """The first page, behind the message that the button is on."""
        del target
        await think_privately(interaction)
        page = await self._showroom.open_models(ModelQuery(), place_of(interaction))
        await _show_models(interaction, page)

    async def _turn_models(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        page_id, number = _read(target)
        page = await self._showroom.turn_models(page_id, number, place_of(interaction))
        await _show_models(interaction, page)

    async def _turn_styles(self, interaction: discord.Interaction, target: str) -> None:
        await acknowledge(interaction)
        page_id, number = _read(target)
        page = await self._showroom.turn_styles(page_id, number, _viewer(interaction))
        await _show_styles(interaction, page)

    async def _start_model(self, interaction: discord.Interaction, target: str) -> None:
        model = self._showroom.model_of(target)
        await self._start(interaction, model.name, Options(model=model.id))

    async def _start_style(self, interaction: discord.Interaction, target: str) -> None:
        style = self._showroom.style_of(target, place_of(interaction))
        await self._start(interaction, style, Options(style=style))

    async def _start(self, interaction: discord.Interaction, title: str, options: Options) -> None:
        """Ask for a prompt; what the form sends is a wish like any other."""
        words = words_for(interaction.locale.value)
        on_prompt = partial(self._ask, options=options)
        await interaction.response.send_modal(PromptModal(title, on_prompt, words))

    async def _ask(
        self, interaction: discord.Interaction, prompt: str, *, options: Options
    ) -> None:
        await self._asker.ask(interaction, ImageWish(prompt=prompt, options=options))


def _viewer(interaction: discord.Interaction) -> Viewer:
    return Viewer(place_of(interaction), channels_for_all(interaction))


def _read(target: str) -> tuple[str, int]:
    found = read_number_target(target)
    if found is None:
        raise PageExpired
    return found


async def _show_models(interaction: discord.Interaction, page: ModelPage) -> None:
    view = models_panel(page, words_for(interaction.locale.value))
    await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


async def _show_styles(interaction: discord.Interaction, page: StylePage) -> None:
    words = words_for(interaction.locale.value)
    await interaction.edit_original_response(
        view=styles_panel(page, words),
        attachments=example_files(page, words),
        allowed_mentions=NO_MENTIONS,
    )


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    asker = Asker.of(services)
    await client.add_cog(ShowroomCog(services.showroom, asker, client.actions))
