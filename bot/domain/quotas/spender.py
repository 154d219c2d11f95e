"""Who spends, as far as limits depend on it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ChannelId, GuildId, RoleId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStanding:
    """What a server knows of a member that limits depend on."""

    roles: frozenset[RoleId] = frozenset()
    joined_at: datetime | None = None
    boosting: bool = False


NO_STANDING = MemberStanding()
"""Of somebody in direct messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spender:
    """A member in a place; `guild_id` None means that no server pays.

    `channels` are the channel and, for a thread, the one it hangs on, the most specific first.
    """

    user_id: UserId
    guild_id: GuildId | None
    channels: tuple[ChannelId, ...] = ()
    standing: MemberStanding = NO_STANDING
