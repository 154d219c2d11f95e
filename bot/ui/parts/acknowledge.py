"""Acknowledging an interaction, and remembering where its answer goes."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

import aiohttp
import discord

from bot.domain.gate.permissions import Actor
from bot.domain.ids import ChannelId, GuildId, MessageId, RoleId, UserId
from bot.domain.jobs.job import ReplyAddress
from bot.domain.quotas.spender import NO_STANDING, MemberStanding
from bot.services.asking.plans import Place
from bot.services.gate.channel_policies import Powers
from bot.ui.parts.availability import is_guest

TOKEN_LIFETIME = timedelta(minutes=15)
"""How long an interaction can be answered by its token (Discord)."""

ALREADY_ACKNOWLEDGED = 40060
"""Discord's code for a second acknowledgement."""


_Response: TypeAlias = discord.InteractionCallbackResponse[discord.Client]


async def defer(interaction: discord.Interaction, *, private: bool, now: datetime) -> ReplyAddress:
    """Tell Discord that an answer is coming, before anything else is done.

    Private answers are seen by the member alone. The address holds the id of the message that
    Discord made for the answer, so that it can be edited after a restart.
    """
    response = await _acknowledge(interaction, private=private)
    message_id = response.message_id if response is not None else None
    if message_id is None:
        message_id = (await interaction.original_response()).id
    return ReplyAddress(
        application_id=interaction.application_id,
        token=interaction.token,
        message_id=MessageId(message_id),
        expires_at=now + TOKEN_LIFETIME,
        file_limit_bytes=interaction.filesize_limit,
    )


async def acknowledge(interaction: discord.Interaction) -> None:
    """Take note of a press; its message stays as it is until it is edited."""
    await _once_more(interaction.response.defer)


async def think(interaction: discord.Interaction, *, private: bool) -> None:
    """Say that an answer is coming; a private one is seen by the member alone."""
    await _acknowledge(interaction, private=private)


async def _acknowledge(interaction: discord.Interaction, *, private: bool) -> _Response | None:
    return await _once_more(partial(interaction.response.defer, thinking=True, ephemeral=private))


async def _once_more(defer_: Callable[[], Awaitable[_Response | None]]) -> _Response | None:
    """Defer, and once more if the connection broke; None where Discord had taken the first."""
    try:
        return await defer_()
    except (aiohttp.ClientConnectionError, OSError):
        try:
            return await defer_()
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            return None


def place_of(interaction: discord.Interaction) -> Place:
    """Who acts, where, and in which language."""
    guild_id = GuildId(interaction.guild_id) if interaction.guild_id is not None else None
    guest = is_guest(interaction)
    channel = interaction.channel
    parent_id = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Place(
        user_id=UserId(interaction.user.id),
        guild_id=None if guest else guild_id,
        visited_guild_id=guild_id if guest else None,
        channel_id=ChannelId(interaction.channel_id or 0),
        locale=interaction.locale.value,
        parent_channel_id=None if parent_id is None else ChannelId(parent_id),
        standing=standing_of(interaction.user),
        manages_messages=interaction.permissions.manage_messages,
        manages_server=interaction.permissions.manage_guild,
    )


def place_of_member(
    member: discord.Member, where: discord.abc.GuildChannel | discord.Thread, *, locale: str
) -> Place:
    """A member in a channel of their server, who does nothing there at the moment."""
    parent_id = where.parent_id if isinstance(where, discord.Thread) else None
    return Place(
        user_id=UserId(member.id),
        guild_id=GuildId(member.guild.id),
        channel_id=ChannelId(where.id),
        locale=locale,
        parent_channel_id=None if parent_id is None else ChannelId(parent_id),
        standing=standing_of(member),
        manages_messages=where.permissions_for(member).manage_messages,
        manages_server=where.permissions_for(member).manage_guild,
    )


def powers_of(interaction: discord.Interaction) -> Powers:
    """What Discord lets the member change who acts."""
    granted = interaction.permissions
    return Powers(manages_server=granted.manage_guild, manages_channels=granted.manage_channels)


def standing_of(user: discord.User | discord.Member) -> MemberStanding:
    """What the server knows of who acts, as the interaction itself carries it."""
    if not isinstance(user, discord.Member):
        return NO_STANDING
    return MemberStanding(
        roles=frozenset(RoleId(role.id) for role in user.roles),
        joined_at=user.joined_at,
        boosting=user.premium_since is not None,
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
