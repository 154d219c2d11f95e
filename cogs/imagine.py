"""`/imagine`: a prompt in, pictures out."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.prompt import BOT_PROMPT_LIMIT
from bot.domain.request import MAX_IMAGES_PER_REQUEST, ImageRequest
from bot.services.generation import GenerationService
from bot.services.notices import NoticeService
from bot.services.suggestions import Suggestions
from bot.text import commands as text
from bot.text.words import words_for
from bot.ui.acknowledge import defer, place_of
from bot.ui.choices import as_choices
from bot.ui.notices import tell_notices_before_answer

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Choices = list[app_commands.Choice[str]]


class Imagine(commands.Cog):
    """Painting from a prompt."""

    def __init__(
        self, generation: GenerationService, suggestions: Suggestions, notices: NoticeService
    ) -> None:
        self._generation = generation
        self._suggestions = suggestions
        self._notices = notices

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
        images: app_commands.Range[int, 1, MAX_IMAGES_PER_REQUEST] = 1,
        private: bool = False,  # noqa: FBT001, FBT002 - Discord passes options by name
    ) -> None:
        """Plan from memory, so that a refusal is private; then acknowledge; then accept."""
        request = ImageRequest(
            prompt=prompt,
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
        plan = self._generation.plan(request, place_of(interaction))
        reply = await defer(interaction, private=private, now=self._generation.now())
        await tell_notices_before_answer(interaction, self._notices)
        await self._generation.accept(plan, reply=reply, idempotency_key=f"i:{interaction.id}")

    @imagine.autocomplete("model")
    async def _models(self, interaction: discord.Interaction, typed: str) -> Choices:
        return as_choices(self._suggestions.models(typed), words_for(interaction.locale.value))

    @imagine.autocomplete("style")
    async def _styles(self, interaction: discord.Interaction, typed: str) -> Choices:
        return as_choices(self._suggestions.styles(typed), words_for(interaction.locale.value))

    @imagine.autocomplete("aspect")
    async def _aspects(self, interaction: discord.Interaction, typed: str) -> Choices:
        found = self._suggestions.aspects(interaction.namespace.model, typed)
        return as_choices(found, words_for(interaction.locale.value))

    @imagine.autocomplete("size")
    async def _sizes(self, interaction: discord.Interaction, typed: str) -> Choices:
        found = self._suggestions.sizes(interaction.namespace.model, typed)
        return as_choices(found, words_for(interaction.locale.value))

    @imagine.autocomplete("quality")
    async def _qualities(self, interaction: discord.Interaction, typed: str) -> Choices:
        chosen = interaction.namespace
        found = self._suggestions.qualities(chosen.model, chosen.size, typed)
        return as_choices(found, words_for(interaction.locale.value))


async def setup(client: "Gondola[Services]") -> None:
    """Add the cog with the services it needs."""
    services = client.services
    await client.add_cog(Imagine(services.generation, services.suggestions, services.notices))
