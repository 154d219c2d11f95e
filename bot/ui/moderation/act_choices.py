"""What was done, as an option offers it: there are more acts than Discord takes as choices."""

import discord
from discord import app_commands

from bot.domain.asking.choices import best_matches, nearest
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import ActUnknown
from bot.text.moderation.log import act_name
from bot.text.words import words_for


async def acts_named(
    interaction: discord.Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    """The acts that fit what is being typed, in the reader's language."""
    words = words_for(interaction.locale.value)
    found = best_matches(Act, typed, names=lambda act: (act_name(act, words), act))
    return [app_commands.Choice(name=act_name(act, words), value=act) for act in found]


def act_of(name: str | None) -> Act | None:
    """The act of a name; None where none was given.

    Raises:
        ActUnknown: if nothing is called so, with the nearest.
    """
    if name is None:
        return None
    if name not in tuple(Act):
        raise ActUnknown(name, nearest(Act, name))
    return Act(name)
