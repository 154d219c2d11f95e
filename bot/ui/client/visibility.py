"""Who sees what where: whose pictures all may see in a place, and whether the bot may post there.

Answered from the cache and from what the interaction says.
"""

import discord

from bot.domain.ids import ChannelId
from bot.ui.parts.availability import is_guest


def may_post(interaction: discord.Interaction) -> bool:
    """Whether the bot may send messages with pictures of its own here; in direct messages it may.

    Answers to an interaction need no such permission.
    """
    if interaction.guild_id is None:
        return True
    granted = interaction.app_permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    may_send = granted.send_messages_in_threads if is_thread else granted.send_messages
    return may_send and granted.view_channel and granted.attach_files


def channels_for_all(interaction: discord.Interaction) -> frozenset[ChannelId]:
    """The channels and threads that everybody in the server may see, and the one being in.

    A thread counts as its channel, a private one for itself alone. Threads that Discord has
    archived are not known to the bot and are left out.
    """
    here = frozenset({ChannelId(interaction.channel_id or 0)})
    guild = interaction.guild
    if guild is None or is_guest(interaction):
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
