"""`/imagine`: a prompt in, pictures out."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.asking.request import ImageFormat
from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.preferences.preset import MAX_PRESET_NAME
from bot.text import commands as text
from bot.ui.asking import image_options, option_choices
from bot.ui.asking.asking import Asker
from bot.ui.tools.offered_pictures import offered

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Imagine(commands.Cog):
    """Painting from a prompt."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    @app_commands.command(description=text.IMAGINE)
    @image_options.image_options(prompt=text.IMAGINE_PROMPT, preset=text.IMAGINE_PRESET)
    @app_commands.autocomplete(preset=option_choices.presets)
    async def imagine(
        self,
        interaction: discord.Interaction,
        prompt: image_options.Prompt,
        model: str | None = None,
        style: str | None = None,
        reference: discord.Attachment | None = None,
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
        preset: app_commands.Range[str, 1, MAX_PRESET_NAME] | None = None,
    ) -> None:
        """Ask for what the options say."""
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
        wish = ImageWish(prompt=prompt, options=options, preset=preset)
        if reference is None:
            await self._asker.ask(interaction, wish)
        else:
            await self._asker.ask_in_style(interaction, wish, offered(reference))


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(Imagine(Asker.of(services)))
