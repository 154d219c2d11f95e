"""What is offered while a member types an option, for every command that has such options."""

from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands

from bot.domain.ids import UserId
from bot.text.words import words_for
from bot.ui.choices import as_choices

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Choices = list[app_commands.Choice[str]]


async def models(interaction: discord.Interaction, typed: str) -> Choices:
    """Models, with prices."""
    found = _services(interaction).suggestions.models(typed)
    return as_choices(found, words_for(interaction.locale.value))


async def styles(interaction: discord.Interaction, typed: str) -> Choices:
    """Style presets."""
    found = _services(interaction).suggestions.styles(typed)
    return as_choices(found, words_for(interaction.locale.value))


async def aspects(interaction: discord.Interaction, typed: str) -> Choices:
    """Aspect ratios of the model chosen."""
    found = _services(interaction).suggestions.aspects(interaction.namespace.model, typed)
    return as_choices(found, words_for(interaction.locale.value))


async def sizes(interaction: discord.Interaction, typed: str) -> Choices:
    """Sizes of the model chosen."""
    found = _services(interaction).suggestions.sizes(interaction.namespace.model, typed)
    return as_choices(found, words_for(interaction.locale.value))


async def qualities(interaction: discord.Interaction, typed: str) -> Choices:
    """Quality levels of the model chosen, priced for the size chosen."""
    chosen = interaction.namespace
    found = _services(interaction).suggestions.qualities(chosen.model, chosen.size, typed)
    return as_choices(found, words_for(interaction.locale.value))


async def presets(interaction: discord.Interaction, typed: str) -> Choices:
    """The member's own presets."""
    found = _services(interaction).presets.suggest(UserId(interaction.user.id), typed)
    return [app_commands.Choice(name=name, value=name) for name in found]


def _services(interaction: discord.Interaction) -> "Services":
    return cast("Gondola[Services]", interaction.client).services
