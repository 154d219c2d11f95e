"""Where commands are offered, and as whose app the bot was called.

A server can install the bot, and so can a member for themselves: then they bring it along to
servers, group chats and direct messages that it is no part of.
"""

from typing import TypeVar

import discord
from discord import app_commands

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
FOR_ALL = app_commands.AppInstallationType(guild=True, user=True)

_Command = TypeVar("_Command")


def in_servers_only(command: _Command) -> _Command:
    """Offer a command only in servers that have installed the bot."""
    limited = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    limited = app_commands.allowed_installs(guilds=True, users=False)(limited)
    # Last, for limiting the contexts of a group takes it back; `/help` goes by it.
    return app_commands.guild_only(limited)


def may_post_pictures(channel: discord.TextChannel) -> bool:
    """Whether the bot may write to a channel, and attach files there."""
    granted = channel.permissions_for(channel.guild.me)
    return granted.view_channel and granted.send_messages and granted.attach_files


def is_guest(interaction: discord.Interaction) -> bool:
    """Whether a member has brought the bot along to a server that has not installed it.

    There it is no member: it sees no channel, and can answer by the interaction alone.
    """
    return (
        interaction.guild_id is not None
        and interaction.is_user_integration()
        and not interaction.is_guild_integration()
    )
