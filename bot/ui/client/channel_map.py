"""What Discord says of channels now, from the client's cache."""

from typing import TYPE_CHECKING

import discord

from bot.domain.gate.channel_rules import Layer
from bot.domain.ids import ChannelId, GuildId
from bot.services.moderation.ports import ChannelFacts
from bot.ui.client.connection import Connection

if TYPE_CHECKING:
    from discord.guild import GuildChannel


class CachedChannels:
    """`ChannelMap` by the client's cache, which the gateway keeps up to date."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def until_known(self) -> None:
        """Wait until Discord has told of every server."""
        await self._connection.wait_until_open()
        await self._connection.client.wait_until_ready()

    def facts_of(self, guild_id: GuildId, channel_id: ChannelId) -> ChannelFacts | None:
        """The facts of a channel; None where it is not known, or the client is not there yet."""
        if not self._connection.is_open:
            return None
        guild = self._connection.client.get_guild(guild_id)
        channel = guild.get_channel_or_thread(channel_id) if guild is not None else None
        return None if channel is None else _facts(channel)


def _facts(channel: "GuildChannel | discord.Thread") -> ChannelFacts:
    layers: list[tuple[Layer, int]] = []
    parent: GuildChannel | None
    if isinstance(channel, discord.Thread):
        layers.append((Layer.THREAD, channel.id))
        layers.append((Layer.CHANNEL, channel.parent_id))
        parent = channel.parent
    else:
        layers.append((Layer.CHANNEL, channel.id))
        parent = channel
    if parent is not None and parent.category_id is not None:
        layers.append((Layer.CATEGORY, parent.category_id))
    return ChannelFacts(tuple(layers), age_restricted=parent is not None and parent.is_nsfw())
