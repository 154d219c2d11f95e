"""Where those who manage a server are reached: in its system channel, else its owner."""

import discord


async def recipient_of(guild: discord.Guild, client: discord.Client) -> discord.abc.Messageable:
    """The server's system channel, if the bot may write there; else its owner's messages."""
    channel = guild.system_channel
    if channel is not None:
        may = channel.permissions_for(guild.me)
        if may.view_channel and may.send_messages:
            return channel
    return await client.create_dm(discord.Object(guild.owner_id or 0))
