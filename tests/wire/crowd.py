"""A server with members enough that none is held up by their own limits."""

from dataclasses import replace

from tests.wire.discord import Guild, Member, User, make_guild
from tests.wire.discord.ids import UserId

_FIRST = 100


def crowded_guild(count: int) -> Guild:
    """The usual server and so many more members."""
    guild = make_guild()
    return replace(guild, members=(*guild.members, *_crowd(guild, count)))


def crowd_of(guild: Guild) -> tuple[Member, ...]:
    """The members whom `crowded_guild` added."""
    return tuple(each for each in guild.members if each.user.id >= guild.id + _FIRST)


def _crowd(guild: Guild, count: int) -> tuple[Member, ...]:
    return tuple(
        Member(user=User(id=UserId(guild.id + _FIRST + number), username=f"member-{number}"))
        for number in range(count)
    )
