"""The demo's server: three channels for three policies, and somebody for every role."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, RoleHandle

from sandbox.demo.portraits import draw_gondola, draw_initial

BOT_NAME: Final = "Gondola"

# Where the simulation looks for avatars, and the hash that stands in their addresses.
_CDN_URL: Final = "https://cdn.simcord.invalid"
_AVATAR_HASH: Final = "portrait"

_MODERATOR: Final = discord.Permissions(
    manage_messages=True, moderate_members=True, kick_members=True
)


@dataclass(frozen=True, slots=True)
class World:
    """Handles on the demo's server.

    Attributes:
        guild: The server, named Gondola.
        general: A channel with no rule of its own.
        reviewed: The channel meant for review before posting.
        age_restricted: The channel that the bot sees as age-restricted.
        admin: Ada, who administers the server.
        moderator: Mo, who manages messages and members.
        alice: A member without a role.
        bob: Another.
        avatars: The avatars' files by address, as SimCord's preview takes them.
    """

    guild: GuildHandle
    general: ChannelHandle
    reviewed: ChannelHandle
    age_restricted: ChannelHandle
    admin: MemberActor
    moderator: MemberActor
    alice: MemberActor
    bob: MemberActor
    avatars: Mapping[str, tuple[str, bytes]]

    @property
    def channels(self) -> dict[str, ChannelHandle]:
        """The channels by name, in the order in which they are shown."""
        shown = (self.general, self.reviewed, self.age_restricted)
        return {channel.name or str(channel.id): channel for channel in shown}

    @property
    def members(self) -> tuple[MemberActor, ...]:
        """Everybody one can look as; a plain member comes first."""
        return (self.alice, self.bob, self.moderator, self.admin)


async def build_world(env: Env) -> World:
    """Furnish a simulated Discord for the demo, and name its bot.

    Args:
        env: A running environment, its bot logged in.
    """
    guild = env.create_guild("Gondola", description="A server to try Gondola in")
    admin_role = guild.create_role(
        "Admin", permissions=discord.Permissions(administrator=True), color=0xE67E22
    )
    moderator_role = guild.create_role("Moderator", permissions=_MODERATOR, color=0x2ECC71)
    cast = _Cast(env, guild)
    world = World(
        guild=guild,
        general=guild.create_text_channel("general", topic="Paint anything you like"),
        reviewed=guild.create_text_channel(
            "reviewed", topic="A moderator sees each picture before it is posted"
        ),
        age_restricted=guild.create_text_channel("age-restricted", topic="For adults only"),
        admin=cast.join("Ada", colour="#b9501d", role=admin_role),
        moderator=cast.join("Mo", colour="#1f8b4c", role=moderator_role),
        alice=cast.join("Alice", colour="#5865f2"),
        bob=cast.join("Bob", colour="#8e44ad"),
        avatars=MappingProxyType(cast.avatars),
    )
    await cast.introduce_bot()
    await env.settle()
    _mark_age_restricted(env.bot, world.age_restricted)
    return world


class _Cast:
    """The people of the server, and their portraits."""

    def __init__(self, env: Env, guild: GuildHandle) -> None:
        self.avatars: dict[str, tuple[str, bytes]] = {}
        self._env = env
        self._guild = guild

    def join(self, name: str, *, colour: str, role: RoleHandle | None = None) -> MemberActor:
        user = self._env.create_user(name.lower(), global_name=name, avatar=_AVATAR_HASH)
        self._hang_portrait(user.id, draw_initial(name, colour=colour))
        return self._guild.add_member(user, roles=[] if role is None else [role])

    async def introduce_bot(self) -> None:
        bot_user = self._env.backend.bot_user
        bot_user.avatar = _AVATAR_HASH
        self._hang_portrait(bot_user.id, draw_gondola())
        if self._env.bot.user is not None:
            await self._env.bot.user.edit(username=BOT_NAME)

    def _hang_portrait(self, user_id: int, png: bytes) -> None:
        url = f"{_CDN_URL}/avatars/{user_id}/{_AVATAR_HASH}.png"
        self.avatars[url] = (f"{_AVATAR_HASH}.png", png)


def _mark_age_restricted(bot: discord.Client, channel: ChannelHandle) -> None:
    """Set the flag on the bot's own copy of the channel: SimCord models none to send it."""
    seen = bot.get_channel(channel.id)
    if isinstance(seen, discord.TextChannel):
        seen.nsfw = True
