"""The people and places of the loopback Discord, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import reduce
from operator import or_

from tests.wire.discord.ids import ApplicationId, ChannelId, GuildId, RoleId, UserId
from tests.wire.discord.permissions import EVERY_PERMISSION, ORDINARY, Permission

MEBIBYTE_BYTES = 1_048_576


class ChannelKind(IntEnum):
    TEXT = 0
    DIRECT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: UserId
    username: str
    locale: str = "en-US"
    is_bot: bool = False
    accepts_direct_messages: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    id: RoleId
    name: str
    permissions: Permission = Permission.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A user on one server."""

    user: User
    role_ids: tuple[RoleId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overwrite:
    """What a channel grants to, or takes from, one role or one user."""

    target_id: RoleId | UserId
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A text channel of a server, or, without a server, a user's direct channel to the bot."""

    id: ChannelId
    name: str
    kind: ChannelKind = ChannelKind.TEXT
    guild_id: GuildId | None = None
    recipient: User | None = None
    nsfw: bool = False
    overwrites: tuple[Overwrite, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guild:
    """A server. The role whose id is the server's own is everybody's."""

    id: GuildId
    name: str
    owner_id: UserId
    bot: Member
    roles: tuple[Role, ...]
    channels: tuple[Channel, ...]
    members: tuple[Member, ...]
    locale: str = "en-US"
    file_size_limit_bytes: int = 10 * MEBIBYTE_BYTES

    def permissions_of(self, member: Member, channel: Channel) -> Permission:
        """What a member, or the bot, may do in a channel of this server."""
        if member.user.id == self.owner_id:
            return EVERY_PERMISSION
        everyone = RoleId(self.id)
        held = {everyone, *member.role_ids}
        granted = _union(role.permissions for role in self.roles if role.id in held)
        if Permission.ADMINISTRATOR in granted:
            return EVERY_PERMISSION
        for targets in ({everyone}, set(member.role_ids), {member.user.id}):
            applying = [each for each in channel.overwrites if each.target_id in targets]
            granted &= ~_union(each.deny for each in applying)
            granted |= _union(each.allow for each in applying)
        return granted


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that is there before anybody does anything."""

    bot: User
    operator: User
    guilds: tuple[Guild, ...]
    application_name: str = "Gondola"
    token: str = field(default="test-bot-token", repr=False)

    @property
    def application_id(self) -> ApplicationId:
        """An application and its bot user carry the same id."""
        return ApplicationId(self.bot.id)

    @property
    def guild(self) -> Guild:
        """The first server, which is the only one by default."""
        return self.guilds[0]

    def channel(self, name: str) -> Channel:
        """A channel of the first server by its name."""
        return next(each for each in self.guild.channels if each.name == name)

    def member(self, username: str) -> Member:
        """A member of the first server by their name."""
        return next(each for each in self.guild.members if each.user.username == username)


BOT = User(id=UserId(900_000_000_000_000_001), username="gondola", is_bot=True)
OPERATOR = User(id=UserId(900_000_000_000_000_002), username="opal")
MANAGER_ROLE = Role(
    id=RoleId(900_000_000_000_000_102),
    name="Managers",
    permissions=Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS | Permission.MANAGE_MESSAGES,
)


FIRST_GUILD_ID = GuildId(900_000_000_000_000_100)


def make_guild(guild_id: GuildId = FIRST_GUILD_ID) -> Guild:
    """A server with an ordinary member, a manager, a plain and an age-restricted channel.

    Vary it with `dataclasses.replace`.
    """
    return Guild(
        id=guild_id,
        name="Atelier",
        owner_id=OPERATOR.id,
        bot=Member(user=BOT),
        roles=(Role(id=RoleId(guild_id), name="@everyone", permissions=ORDINARY), MANAGER_ROLE),
        channels=(
            Channel(id=ChannelId(guild_id + 10), guild_id=guild_id, name="studio"),
            Channel(id=ChannelId(guild_id + 11), guild_id=guild_id, name="after-dark", nsfw=True),
        ),
        members=(
            Member(user=OPERATOR),
            Member(user=User(id=UserId(guild_id + 20), username="ann")),
            Member(
                user=User(id=UserId(guild_id + 21), username="max"), role_ids=(MANAGER_ROLE.id,)
            ),
        ),
    )


def make_world(*guilds: Guild) -> World:
    """A world of the given servers, by default the one that `make_guild` makes."""
    return World(bot=BOT, operator=OPERATOR, guilds=guilds or (make_guild(),))


def with_channel(world: World, channel: Channel) -> World:
    """The world with one channel of the first server put in the place of its namesake."""
    kept = tuple(each for each in world.guild.channels if each.name != channel.name)
    guild = replace(world.guild, channels=(*kept, channel))
    return replace(world, guilds=(guild, *world.guilds[1:]))


def _union(permissions: Iterable[Permission]) -> Permission:
    return reduce(or_, permissions, Permission.NONE)
