"""How a server ranks somebody, as Discord says in that moment."""

import asyncio

import discord

from bot.domain.conduct.authority import Rank
from bot.domain.errors import NoServerHere
from bot.domain.ids import UserId
from bot.services.conduct.conduct import Judgement
from bot.ui.parts.acknowledge import place_of

FETCH_TIMEOUT_S = 10.0

AnyUser = discord.Member | discord.User


def judgement_of(interaction: discord.Interaction, member: AnyUser) -> Judgement:
    """Who judges whom."""
    return Judgement(place_of(interaction), rank_of(interaction.user), rank_of(member))


async def judgement_on(interaction: discord.Interaction, user_id: UserId) -> Judgement:
    """The same for a member who is known by their id alone, such as a picture's author.

    Raises:
        NoServerHere: if there is no server.
    """
    guild = interaction.guild
    if guild is None:
        raise NoServerHere
    member = guild.get_member(user_id) or await _fetched(guild, user_id)
    rank = Rank(user_id=user_id) if member is None else rank_of(member)
    return Judgement(place_of(interaction), rank_of(interaction.user), rank)


def rank_of(user: AnyUser) -> Rank:
    """Somebody's rank; who is no member of the server stands below everybody."""
    user_id = UserId(user.id)
    if not isinstance(user, discord.Member):
        return Rank(user_id=user_id, is_bot=user.bot)
    top = user.top_role
    return Rank(
        user_id=user_id,
        height=(top.position, -top.id),
        owns_server=user.guild.owner_id == user.id,
        is_bot=user.bot,
    )


async def _fetched(guild: discord.Guild, user_id: UserId) -> discord.Member | None:
    async with asyncio.timeout(FETCH_TIMEOUT_S):
        try:
            return await guild.fetch_member(user_id)
        except discord.NotFound:
            return None
