"""Who asks about quotas, about whom, and what the server has."""

import discord

from bot.domain.errors import ManageServerNeeded
from bot.domain.ids import ChannelId, RoleId, UserId
from bot.domain.quotas.spender import Spender
from bot.services.quotas.audit import Manager
from bot.text.quotas.limits import Present
from bot.text.words import Words, words_for
from bot.ui.parts.acknowledge import place_of, standing_of
from bot.ui.parts.panel import NO_MENTIONS

Person = discord.Member | discord.User


def manager_of(interaction: discord.Interaction) -> Manager:
    """Who manages here; whoever may not is refused, whatever Discord offers them."""
    place = place_of(interaction)
    guild_id = place.server
    if not interaction.permissions.manage_guild:
        raise ManageServerNeeded
    return Manager(place.user_id, guild_id)


def spender_of(by: Manager, member: Person, channels: tuple[ChannelId, ...] = ()) -> Spender:
    """A member as limits see them; one who has left has no standing."""
    return Spender(
        user_id=UserId(member.id),
        guild_id=by.guild_id,
        channels=channels,
        standing=standing_of(member),
    )


def present_in(interaction: discord.Interaction) -> Present:
    """The roles and channels that the server has now."""
    guild = interaction.guild
    if guild is None:
        return Present(frozenset(), frozenset())
    return Present(
        roles=frozenset(RoleId(role.id) for role in guild.roles),
        channels=frozenset(ChannelId(channel.id) for channel in guild.channels),
    )


def names_in(interaction: discord.Interaction) -> dict[UserId, str]:
    """The names of the members that Discord has told of; the chart shows the others by id."""
    members = interaction.guild.members if interaction.guild is not None else []
    return {UserId(member.id): member.display_name for member in members}


def words_of(interaction: discord.Interaction) -> Words:
    """The words in the manager's language."""
    return words_for(interaction.locale.value)


async def show_answer(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Give the answer that an acknowledgement promised."""
    await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
