"""`/defaults`: what counts where a prompt says nothing else."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.request import ImageFormat
from bot.domain.flags import Options
from bot.domain.preferences.defaults import Defaults, DefaultsScope
from bot.services.preferences.defaults import DefaultsService
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking import image_options
from bot.ui.library.preferences_panel import defaults_panel
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Scope = Literal["me", "channel", "server"]
Option = Literal[
    "model",
    "style",
    "aspect",
    "size",
    "quality",
    "negative",
    "images",
    "steps",
    "guidance",
    "lora_strength",
    "format",
    "enhance",
    "web_search",
    "private",
    "hide_watermark",
    "embed_exif_metadata",
]

_SCOPES: dict[Scope, DefaultsScope] = {
    "me": DefaultsScope.MEMBER,
    "channel": DefaultsScope.CHANNEL,
    "server": DefaultsScope.SERVER,
}


class DefaultsCog(commands.Cog):
    """The defaults of members, channels and servers."""

    defaults = app_commands.Group(name="defaults", description=text.DEFAULTS)

    def __init__(self, service: DefaultsService) -> None:
        self._service = service

    @defaults.command(description=text.DEFAULTS_SHOW)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show every layer, from memory."""
        await interaction.response.send_message(
            view=self._view(interaction), ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @defaults.command(description=text.DEFAULTS_SET)
    @image_options.image_options(
        scope=text.DEFAULTS_SCOPE,
        hide_watermark=text.DEFAULTS_WATERMARK,
        embed_exif_metadata=text.DEFAULTS_EXIF,
    )
    async def set(
        self,
        interaction: discord.Interaction,
        scope: Scope = "me",
        model: str | None = None,
        style: str | None = None,
        aspect: str | None = None,
        size: str | None = None,
        quality: str | None = None,
        negative: image_options.Prompt | None = None,
        images: image_options.Images | None = None,
        steps: image_options.Steps | None = None,
        guidance: image_options.Guidance | None = None,
        lora_strength: image_options.LoraStrength | None = None,
        format: ImageFormat | None = None,  # noqa: A002 - the option's name
        enhance: bool | None = None,  # noqa: FBT001 - Discord passes options by name
        web_search: bool | None = None,  # noqa: FBT001 - the same
        private: bool | None = None,  # noqa: FBT001 - the same
        hide_watermark: bool | None = None,  # noqa: FBT001 - the same
        embed_exif_metadata: bool | None = None,  # noqa: FBT001 - the same
    ) -> None:
        """Set what is given; what was set before stays."""
        given = Defaults(
            options=Options(
                model=model,
                style=style,
                aspect=aspect,
                size=size,
                quality=quality,
                negative=negative,
                images=images,
                steps=steps,
                guidance=guidance,
                lora_strength=lora_strength,
                format=format,
                enhance=enhance,
                web_search=web_search,
                private=private,
            ),
            hide_watermark=hide_watermark,
            embed_exif_metadata=embed_exif_metadata,
        )
        value = self._service.checked(
            _SCOPES[scope], given, place_of(interaction), may_manage=_may_manage(interaction)
        )
        await self._write(interaction, _SCOPES[scope], value)

    @defaults.command(description=text.DEFAULTS_CLEAR)
    @app_commands.describe(scope=text.DEFAULTS_SCOPE, option=text.DEFAULTS_OPTION)
    async def clear(
        self,
        interaction: discord.Interaction,
        scope: Scope = "me",
        option: Option | None = None,
    ) -> None:
        """Clear one option, or all of them."""
        value = self._service.cleared(
            _SCOPES[scope], option, place_of(interaction), may_manage=_may_manage(interaction)
        )
        await self._write(interaction, _SCOPES[scope], value)

    async def _write(
        self, interaction: discord.Interaction, scope: DefaultsScope, value: Defaults
    ) -> None:
        await think_privately(interaction)
        await self._service.write(scope, value, place_of(interaction))
        await interaction.edit_original_response(
            view=self._view(interaction), allowed_mentions=NO_MENTIONS
        )

    def _view(self, interaction: discord.Interaction) -> discord.ui.LayoutView:
        place = place_of(interaction)
        here = self._service.show(place)
        return defaults_panel(here, words_for(place.locale), in_server=place.guild_id is not None)


def _may_manage(interaction: discord.Interaction) -> bool:
    return interaction.permissions.manage_guild


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    await client.add_cog(DefaultsCog(client.services.defaults))
