"""`/edit`, `/blend`, `/upscale` and `/cutout`: pictures that members upload."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.tools.request import (
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Scale,
    UpscaleRequest,
)
from bot.text import commands as text
from bot.ui.asking import image_options, option_choices
from bot.ui.tools.asking import ToolAsker
from bot.ui.tools.offered_pictures import offered


class ToolCommands(commands.Cog):
    """Working on pictures."""

    def __init__(self, asker: ToolAsker) -> None:
        self._asker = asker

    @app_commands.command(description=text.EDIT)
    @app_commands.describe(
        image=text.EDIT_IMAGE,
        prompt=text.EDIT_PROMPT,
        model=text.EDIT_MODEL,
        aspect=text.EDIT_ASPECT,
        private=text.OPTION_PRIVATE,
    )
    @app_commands.autocomplete(model=option_choices.edit_models, aspect=option_choices.edit_aspects)
    async def edit(
        self,
        interaction: discord.Interaction,
        image: discord.Attachment,
        prompt: image_options.Prompt,
        model: str | None = None,
        aspect: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - Discord passes options by name
    ) -> None:
        """Change a picture as the prompt says."""
        await self._asker.ask(
            interaction,
            [offered(image)],
            lambda sources: EditRequest(
                source=sources[0], prompt=prompt, model=model, aspect=aspect, private=private
            ),
        )

    @app_commands.command(description=text.BLEND)
    @app_commands.describe(
        image1=text.BLEND_FIRST,
        image2=text.BLEND_OTHER,
        prompt=text.BLEND_PROMPT,
        image3=text.BLEND_OTHER,
        image4=text.BLEND_OTHER,
        image5=text.BLEND_OTHER,
        image6=text.BLEND_OTHER,
        model=text.EDIT_MODEL,
        private=text.OPTION_PRIVATE,
    )
    @app_commands.autocomplete(model=option_choices.blend_models)
    async def blend(
        self,
        interaction: discord.Interaction,
        image1: discord.Attachment,
        image2: discord.Attachment,
        prompt: image_options.Prompt,
        image3: discord.Attachment | None = None,
        image4: discord.Attachment | None = None,
        image5: discord.Attachment | None = None,
        image6: discord.Attachment | None = None,
        model: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - Discord passes options by name
    ) -> None:
        """Make one picture of several."""
        images = (image1, image2, image3, image4, image5, image6)
        await self._asker.ask(
            interaction,
            [offered(image) for image in images if image is not None],
            lambda sources: BlendRequest(
                sources=tuple(sources), prompt=prompt, model=model, private=private
            ),
        )

    @app_commands.command(description=text.UPSCALE)
    @app_commands.describe(
        image=text.EDIT_IMAGE, scale=text.UPSCALE_SCALE, private=text.OPTION_PRIVATE
    )
    async def upscale(
        self,
        interaction: discord.Interaction,
        image: discord.Attachment,
        scale: Scale = 2,
        private: bool = False,  # noqa: FBT001, FBT002 - Discord passes options by name
    ) -> None:
        """Make a picture larger."""
        await self._asker.ask(
            interaction,
            [offered(image)],
            lambda sources: UpscaleRequest(source=sources[0], scale=scale, private=private),
        )

    @app_commands.command(description=text.CUT_OUT)
    @app_commands.describe(image=text.EDIT_IMAGE, private=text.OPTION_PRIVATE)
    async def cutout(
        self,
        interaction: discord.Interaction,
        image: discord.Attachment,
        private: bool = False,  # noqa: FBT001, FBT002 - Discord passes options by name
    ) -> None:
        """Cut out what a picture shows."""
        await self._asker.ask(
            interaction,
            [offered(image)],
            lambda sources: CutOutRequest(source=sources[0], private=private),
        )
