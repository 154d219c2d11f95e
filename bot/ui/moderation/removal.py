"""Removing one of the bot's own messages."""

import asyncio

import aiohttp
import discord
import structlog

from bot.domain.jobs.job import MessageAddress
from bot.services.ports import DeliveryDelayedError
from bot.ui.client.connection import Connection

log = structlog.get_logger(__name__)

_TIMEOUT_S = 60.0
"""Long enough for a pause that Discord asks for."""


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


class MessageTakeDown:
    """Deletes messages from outside the client's own tasks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def take_down(self, address: MessageAddress) -> bool:
        """Delete a message; False where it is not the bot's to delete, now or ever.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached, or fails.
        """
        if not self._connection.is_open:
            raise DeliveryDelayedError("the client has not logged in yet")
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                return await self._connection.run(remove_message(self._connection.client, address))
        except discord.DiscordServerError as error:
            raise DeliveryDelayedError(f"{error}") from error
        except discord.HTTPException as error:
            # Whatever Discord refuses for good, it will refuse the next time too.
            log.info("message_not_removed", message_id=address.message_id, code=error.code)
            return False
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise DeliveryDelayedError(repr(error)) from error
