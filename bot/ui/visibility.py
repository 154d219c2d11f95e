"""Which channels' pictures may be shown to all who read in a place. Answered from the cache."""

import discord

from bot.domain.ids import ChannelId


def channels_for_all(interaction: discord.Interaction) -> frozenset[ChannelId]:
    """The channels and threads that everybody in the server may see, and the one being in.

    A thread counts as its channel, a private one for itself alone. Threads that Discord has
    archived are not known to the bot and are left out.
    """
    here = frozenset({ChannelId(interaction.channel_id or 0)})
    guild = interaction.guild
    if guild is None:
        return here
    everyone = guild.default_role
    open_channels = frozenset(
        ChannelId(channel.id)
        for channel in guild.channels
        if channel.permissions_for(everyone).view_channel
    )
    open_threads = frozenset(
        ChannelId(thread.id)
        for thread in guild.threads
        if not thread.is_private() and ChannelId(thread.parent_id) in open_channels
    )
    return here | open_channels | open_threads
