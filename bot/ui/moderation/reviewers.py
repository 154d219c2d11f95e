"""Who may decide on held pictures and held votes, by what Discord says now."""

from dataclasses import replace
from functools import partial

import discord

from bot.domain.errors import NoServerHere
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.services.moderation.reviews import Reviewer
from bot.ui.parts.acknowledge import place_of


def reviewer_of(interaction: discord.Interaction) -> Reviewer:
    """The member who acts, as somebody who may decide in some channels and not in others."""
    guild, member = interaction.guild, interaction.user

    def moderates(channel_id: ChannelId) -> bool:
        if guild is None or not isinstance(member, discord.Member):
            return False
        return _moderates(guild, member, channel_id)

    return Reviewer(place_of(interaction), moderates, partial(_others_moderate, guild))


def owner_of(interaction: discord.Interaction, guild_id: GuildId) -> Reviewer:
    """The owner of a server who answers in direct messages what they were asked there.

    Raises:
        NoServerHere: if the server is not theirs, or the bot does not see it.
    """
    guild = interaction.client.get_guild(guild_id)
    if guild is None or guild.owner_id != interaction.user.id:
        raise NoServerHere
    place = replace(place_of(interaction), guild_id=guild_id, manages_messages=True)
    return Reviewer(place, lambda _channel_id: True, partial(_others_moderate, guild))


def _others_moderate(guild: discord.Guild | None, channel_id: ChannelId, user_id: UserId) -> bool:
    """The owner always does; of the other members only those are known who were seen."""
    if guild is None:
        return False
    if guild.owner_id != user_id:
        return True
    others = (each for each in guild.members if each.id != user_id and not each.bot)
    return any(_moderates(guild, each, channel_id) for each in others)


def _moderates(guild: discord.Guild, member: discord.Member, channel_id: ChannelId) -> bool:
    """In a channel that the bot does not see, only whoever moderates the whole server counts."""
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None:
        return member.guild_permissions.manage_messages
    return channel.permissions_for(member).manage_messages
