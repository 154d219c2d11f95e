"""What is offered while a member types an option, for every command that has such options."""

from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands

from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.ids import UserId
from bot.domain.tools.request import FEWEST_BLENDED
from bot.text.words import words_for
from bot.ui.asking.choices import as_choices, steps_choices
from bot.ui.parts.acknowledge import place_of

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Choices = list[app_commands.Choice[str]]


async def models(interaction: discord.Interaction, typed: str) -> Choices:
    """Models, with prices."""
    found = _services(interaction).suggestions.models(typed)
    return as_choices(found, words_for(interaction.locale.value))


async def styles(interaction: discord.Interaction, typed: str) -> Choices:
    """The server's styles and style presets."""
    found = _services(interaction).suggestions.styles(place_of(interaction).guild_id, typed)
    return as_choices(found, words_for(interaction.locale.value))


async def style_presets(interaction: discord.Interaction, typed: str) -> Choices:
    """Style presets alone."""
    found = _services(interaction).suggestions.styles(None, typed)
    return as_choices(found, words_for(interaction.locale.value))


async def aspects(interaction: discord.Interaction, typed: str) -> Choices:
    """Aspect ratios of the model chosen, with prices."""
    found = _services(interaction).suggestions.aspects(_chosen(interaction), typed)
    return as_choices(found, words_for(interaction.locale.value))


async def sizes(interaction: discord.Interaction, typed: str) -> Choices:
    """Sizes of the model chosen, with prices."""
    found = _services(interaction).suggestions.sizes(_chosen(interaction), typed)
    return as_choices(found, words_for(interaction.locale.value))


async def qualities(interaction: discord.Interaction, typed: str) -> Choices:
    """Quality levels of the model chosen, priced for the size chosen."""
    found = _services(interaction).suggestions.qualities(_chosen(interaction), typed)
    return as_choices(found, words_for(interaction.locale.value))


async def steps(
    interaction: discord.Interaction,
    typed: int,
) -> list[app_commands.Choice[int]]:
    """How many steps the model chosen takes; what was typed stands first, if it fits."""
    found = _services(interaction).suggestions.steps(_chosen(interaction))
    if found is None:
        return []
    return steps_choices(found, typed, words_for(interaction.locale.value))


async def edit_models(interaction: discord.Interaction, typed: str) -> Choices:
    """Models that change a picture, with prices."""
    found = _services(interaction).tools.edit_models(typed)
    return as_choices(found, words_for(interaction.locale.value))


async def blend_models(interaction: discord.Interaction, typed: str) -> Choices:
    """Models that make one picture of as many as are given so far, with prices."""
    given = sum(name.startswith("image") for name, _ in interaction.namespace)
    pictures = max(given, FEWEST_BLENDED)
    found = _services(interaction).tools.edit_models(typed, pictures=pictures)
    return as_choices(found, words_for(interaction.locale.value))


async def edit_aspects(interaction: discord.Interaction, typed: str) -> Choices:
    """Aspect ratios of the edit model chosen."""
    found = _services(interaction).tools.edit_aspects(interaction.namespace.model, typed)
    return as_choices(found, words_for(interaction.locale.value))


async def presets(interaction: discord.Interaction, typed: str) -> Choices:
    """The member's own presets."""
    found = _services(interaction).presets.suggest(UserId(interaction.user.id), typed)
    return [app_commands.Choice(name=name, value=name) for name in found]


async def server_styles(interaction: discord.Interaction, typed: str) -> Choices:
    """The server's styles, retired ones included."""
    found = _services(interaction).community.styles.suggest(place_of(interaction), typed)
    return [app_commands.Choice(name=name, value=name) for name in found]


def _chosen(interaction: discord.Interaction) -> Options:
    """What counts so far: options, flags in the prompt, the preset, the defaults."""
    typed = interaction.namespace
    place = place_of(interaction)
    options = Options(model=typed.model, size=typed.size, quality=typed.quality)
    wish = ImageWish(prompt=typed.prompt or "", options=options, preset=typed.preset)
    return _services(interaction).suggestions.chosen(
        wish, user_id=place.user_id, guild_id=place.guild_id, channel_id=place.channel_id
    )


def _services(interaction: discord.Interaction) -> "Services":
    return cast("Gondola[Services]", interaction.client).services
