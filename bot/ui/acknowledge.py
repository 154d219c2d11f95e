"""Acknowledging an interaction, and remembering where its answer goes."""

from datetime import datetime, timedelta

import discord

from bot.domain.ids import ChannelId, GuildId, MessageId, UserId
from bot.domain.job import ReplyAddress
from bot.domain.permissions import Actor
from bot.services.generation import Place

TOKEN_LIFETIME = timedelta(minutes=15)
"""How long an interaction can be answered by its token (Discord)."""


async def defer(interaction: discord.Interaction, *, private: bool, now: datetime) -> ReplyAddress:
    """Tell Discord that an answer is coming, before anything else is done.

    Private answers are seen by the member alone. The address holds the id of the message that
    Discord made for the answer, so that it can be edited after a restart.
    """
    response = await interaction.response.defer(thinking=True, ephemeral=private)
    message_id = response.message_id if response is not None else None
    if message_id is None:
        message_id = (await interaction.original_response()).id
    return ReplyAddress(
        application_id=interaction.application_id,
        token=interaction.token,
        message_id=MessageId(message_id),
        expires_at=now + TOKEN_LIFETIME,
    )


def place_of(interaction: discord.Interaction) -> Place:
    """Who acts, where, and in which language."""
    return Place(
        user_id=UserId(interaction.user.id),
        guild_id=GuildId(interaction.guild_id) if interaction.guild_id is not None else None,
        channel_id=ChannelId(interaction.channel_id or 0),
        locale=interaction.locale.value,
    )


def actor_of(interaction: discord.Interaction) -> Actor:
    """Who acts, where, and what Discord lets them do there."""
    place = place_of(interaction)
    return Actor(
        user_id=place.user_id,
        guild_id=place.guild_id,
        channel_id=place.channel_id,
        manages_messages=interaction.permissions.manage_messages,
    )
