"""Where messages can be: the servers' channels, and the direct channels opened so far."""

from tests.wire.discord.clock import SnowflakeMint
from tests.wire.discord.errors import unknown_channel, unknown_user
from tests.wire.discord.ids import ChannelId, GuildId, UserId
from tests.wire.discord.permissions import EVERY_PERMISSION, Permission
from tests.wire.discord.world import MEBIBYTE_BYTES, Channel, ChannelKind, Guild, Member, World

_DIRECT_FILE_SIZE_LIMIT_BYTES = 10 * MEBIBYTE_BYTES


class Places:
    """Finds channels and says what may be done in them."""

    def __init__(self, world: World, ids: SnowflakeMint) -> None:
        self._ids = ids
        self._guilds = {guild.id: guild for guild in world.guilds}
        self._channels = {each.id: each for guild in world.guilds for each in guild.channels}
        members = (member for guild in world.guilds for member in guild.members)
        self._users = {world.operator.id: world.operator}
        self._users.update((member.user.id, member.user) for member in members)
        self._direct: dict[UserId, Channel] = {}

    def channel(self, channel_id: ChannelId) -> Channel:
        """Find a channel.

        Raises:
            RequestRefused: if there is none with this id.
        """
        try:
            return self._channels[channel_id]
        except KeyError:
            raise unknown_channel() from None

    def guild(self, guild_id: GuildId) -> Guild | None:
        return self._guilds.get(guild_id)

    def guild_of(self, channel: Channel) -> Guild | None:
        """The channel's server; none for a direct channel."""
        return None if channel.guild_id is None else self._guilds[channel.guild_id]

    def direct_channel(self, user_id: UserId) -> Channel:
        """The bot's direct channel with a user, opened by the first who asks.

        Raises:
            RequestRefused: if nobody has this id.
        """
        user = self._users.get(user_id)
        if user is None:
            raise unknown_user()
        if user_id not in self._direct:
            channel = Channel(
                id=ChannelId(self._ids.next()),
                name=user.username,
                kind=ChannelKind.DIRECT,
                recipient=user,
            )
            self._direct[user_id] = self._channels[channel.id] = channel
        return self._direct[user_id]

    def permissions(self, channel: Channel, member: Member | None = None) -> Permission:
        """What a member, or without one the bot, may do in a channel."""
        guild = self.guild_of(channel)
        return guild.permissions_of(member or guild.bot, channel) if guild else EVERY_PERMISSION

    def file_size_limit_bytes(self, channel: Channel) -> int:
        guild = self.guild_of(channel)
        return guild.file_size_limit_bytes if guild else _DIRECT_FILE_SIZE_LIMIT_BYTES
