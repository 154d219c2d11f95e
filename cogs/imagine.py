"""`/imagine`: a prompt in, pictures out."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.flags import Options
from bot.domain.preset import MAX_PRESET_NAME
from bot.domain.prompt import BOT_PROMPT_LIMIT
from bot.domain.request import MAX_IMAGES_PER_REQUEST
from bot.domain.wish import ImageWish
from bot.text import commands as text
from bot.ui import option_choices
from bot.ui.asking import Asker

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services


class Imagine(commands.Cog):
    """Painting from a prompt."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    @app_commands.command(description=text.IMAGINE)
    @app_commands.describe(
        prompt=text.IMAGINE_PROMPT,
        model=text.IMAGINE_MODEL,
        style=text.IMAGINE_STYLE,
        aspect=text.IMAGINE_ASPECT,
        size=text.IMAGINE_SIZE,
        quality=text.IMAGINE_QUALITY,
        negative=text.IMAGINE_NEGATIVE,
        seed=text.IMAGINE_SEED,
        images=text.IMAGINE_IMAGES,
        private=text.IMAGINE_PRIVATE,
        preset=text.IMAGINE_PRESET,
    )
    @app_commands.autocomplete(
        model=option_choices.models,
        style=option_choices.styles,
        aspect=option_choices.aspects,
        size=option_choices.sizes,
        quality=option_choices.qualities,
        preset=option_choices.presets,
    )
    async def imagine(
        self,
        interaction: discord.Interaction,
        prompt: app_commands.Range[str, 1, BOT_PROMPT_LIMIT],
        model: str | None = None,
        style: str | None = None,
        aspect: str | None = None,
        size: str | None = None,
        quality: str | None = None,
        negative: app_commands.Range[str, 1, BOT_PROMPT_LIMIT] | None = None,
        seed: int | None = None,
        images: app_commands.Range[int, 1, MAX_IMAGES_PER_REQUEST] | None = None,
        private: bool | None = None,  # noqa: FBT001 - Discord passes options by name
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
            private=private,
        )
        wish = ImageWish(prompt=prompt, options=options, preset=preset)
        await self._asker.ask(interaction, wish)


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(Imagine(Asker(services.generation, services.notices)))
