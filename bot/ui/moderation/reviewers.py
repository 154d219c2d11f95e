"""Who may decide on held pictures, by what Discord says now."""

import discord

from bot.domain.ids import ChannelId, UserId
from bot.services.moderation.reviews import Reviewer
from bot.ui.parts.acknowledge import place_of


def reviewer_of(interaction: discord.Interaction) -> Reviewer:
    """The member who acts, as somebody who may decide in some channels and not in others."""
    guild, member = interaction.guild, interaction.user

    def moderates(channel_id: ChannelId) -> bool:
        if guild is None or not isinstance(member, discord.Member):
            return False
        return _moderates(guild, member, channel_id)

    def others_moderate(channel_id: ChannelId, user_id: UserId) -> bool:
        """The owner always does; of the other members only those are known who were seen."""
        if guild is None:
            return False
        if guild.owner_id != user_id:
            return True
        others = (each for each in guild.members if each.id != user_id and not each.bot)
        return any(_moderates(guild, each, channel_id) for each in others)

    return Reviewer(place_of(interaction), moderates, others_moderate)


def _moderates(guild: discord.Guild, member: discord.Member, channel_id: ChannelId) -> bool:
    """In a channel that the bot does not see, only whoever moderates the whole server counts."""
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None:
        return member.guild_permissions.manage_messages
    return channel.permissions_for(member).manage_messages
