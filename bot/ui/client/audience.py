"""Who reads what, by the roles of a server as the client's cache has them."""

import discord

from bot.domain.ids import ChannelId, GuildId
from bot.ui.client.connection import Connection


class CachedAudience:
    """`Audience` by the client's cache, which the gateway keeps up to date."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reads_too(self, guild_id: GuildId, *, here: ChannelId, there: ChannelId) -> bool:
        """Whether everybody who reads `here` by their roles may also read `there`.

        A channel that is gone is read by nobody, and so nobody reads there who must not; a private
        thread is read by its members alone.
        """
        if here == there:
            return True
        if not self._connection.is_open:
            return False
        guild = self._connection.client.get_guild(guild_id)
        if guild is None:
            return False
        readers = guild.get_channel_or_thread(here)
        source = guild.get_channel_or_thread(there)
        if isinstance(source, discord.Thread):
            source = None if source.is_private() else source.parent
        if isinstance(readers, discord.Thread):
            readers = readers.parent
        if readers is None:
            return True
        if source is None:
            return False
        return all(
            source.permissions_for(role).view_channel
            for role in guild.roles
            if readers.permissions_for(role).view_channel
        )
