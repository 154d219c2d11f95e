"""`/preset`: named sets of options."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.request import ImageFormat
from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.ids import UserId
from bot.domain.preferences.preset import MAX_PRESET_NAME
from bot.services.preferences.presets import PresetService
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.asking import image_options, option_choices
from bot.ui.asking.asking import Asker
from bot.ui.library.preferences_panel import preset_deleted_panel, preset_saved_panel, presets_panel
from bot.ui.parts.acknowledge import place_of
from bot.ui.parts.answers import think_privately
from bot.ui.parts.panel import NO_MENTIONS

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Name = app_commands.Range[str, 1, MAX_PRESET_NAME]


class Presets(commands.Cog):
    """A member's presets."""

    preset = app_commands.Group(name="preset", description=text.PRESET)

    def __init__(self, presets: PresetService, asker: Asker) -> None:
        self._presets = presets
        self._asker = asker

    @preset.command(description=text.PRESET_SAVE)
    @image_options.image_options(name=text.PRESET_NAME, prompt=text.PRESET_PROMPT)
    @app_commands.autocomplete(name=option_choices.presets)
    async def save(
        self,
        interaction: discord.Interaction,
        name: Name,
        prompt: image_options.Prompt | None = None,
        model: str | None = None,
        style: str | None = None,
        aspect: str | None = None,
        size: str | None = None,
        quality: str | None = None,
        negative: image_options.Prompt | None = None,
        seed: int | None = None,
        images: image_options.Images | None = None,
        steps: image_options.Steps | None = None,
        guidance: image_options.Guidance | None = None,
        lora_strength: image_options.LoraStrength | None = None,
        format: ImageFormat | None = None,  # noqa: A002 - the option's name
        enhance: bool | None = None,  # noqa: FBT001 - Discord passes options by name
        web_search: bool | None = None,  # noqa: FBT001 - the same
        private: bool | None = None,  # noqa: FBT001 - the same
    ) -> None:
        """Save options, once it is sure that they can be painted by."""
        options = Options(
            model=model,
            style=style,
            aspect=aspect,
            size=size,
            quality=quality,
            negative=negative,
            seed=seed,
            images=images,
            steps=steps,
            guidance=guidance,
            lora_strength=lora_strength,
            format=format,
            enhance=enhance,
            web_search=web_search,
            private=private,
        )
        place = place_of(interaction)
        preset = self._presets.checked(name, prompt, options, place)
        await think_privately(interaction)
        replaced = await self._presets.save(place.user_id, preset)
        view = preset_saved_panel(preset, words_for(place.locale), replaced=replaced)
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)

    @preset.command(description=text.PRESET_USE)
    @image_options.image_options(name=text.PRESET_NAME, prompt=text.PRESET_TYPED)
    @app_commands.autocomplete(name=option_choices.presets)
    async def use(
        self,
        interaction: discord.Interaction,
        name: str,
        prompt: image_options.Prompt | None = None,
        private: bool | None = None,  # noqa: FBT001 - Discord passes options by name
    ) -> None:
        """Paint by a preset."""
        wish = ImageWish(prompt=prompt or "", options=Options(private=private), preset=name)
        await self._asker.ask(interaction, wish)

    @preset.command(name="list", description=text.PRESET_LIST)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show all presets, from memory."""
        presets = self._presets.all(UserId(interaction.user.id))
        view = presets_panel(presets, words_for(interaction.locale.value))
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=NO_MENTIONS
        )

    @preset.command(description=text.PRESET_DELETE)
    @app_commands.describe(name=text.PRESET_NAME)
    @app_commands.autocomplete(name=option_choices.presets)
    async def delete(self, interaction: discord.Interaction, name: str) -> None:
        """Delete a preset that is there."""
        place = place_of(interaction)
        preset = self._presets.find(place.user_id, name)
        await think_privately(interaction)
        await self._presets.delete(place.user_id, preset.name)
        view = preset_deleted_panel(preset.name, words_for(place.locale))
        await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    asker = Asker.of(services)
    await client.add_cog(Presets(services.presets, asker))
