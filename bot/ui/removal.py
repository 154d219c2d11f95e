"""Removing one of the bot's own messages."""

import discord
import structlog

from bot.domain.job import MessageAddress

log = structlog.get_logger(__name__)


async def remove_message(client: discord.Client, address: MessageAddress) -> bool:
    """Delete a message; False where it is not the bot's to delete.

    Messages that one member alone sees can be reached only by the token of their interaction,
    which is not kept.
    """
    channel = client.get_partial_messageable(address.channel_id)
    try:
        await channel.get_partial_message(address.message_id).delete()
    except (discord.NotFound, discord.Forbidden) as error:
        log.info("message_not_removed", message_id=address.message_id, code=error.code)
        return False
    return True
