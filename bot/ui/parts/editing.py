"""Editing the answer to an earlier interaction, while its token lives."""

import asyncio

import aiohttp
import discord
import structlog

from bot.domain.jobs.job import ReplyAddress
from bot.ui.parts.panel import NO_MENTIONS

log = structlog.get_logger(__name__)

_TIMEOUT_S = 10.0


async def edit_answer(
    client: discord.Client, address: ReplyAddress, view: discord.ui.LayoutView
) -> None:
    """Show something else in an answer; what does not get through is logged."""
    webhook = discord.Webhook.partial(address.application_id, address.token, client=client)
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            await webhook.edit_message(address.message_id, view=view, allowed_mentions=NO_MENTIONS)
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        log.info("answer_not_edited", message_id=address.message_id, cause=repr(error))
