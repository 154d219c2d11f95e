"""Who may strike or block whom in a server: Discord's own order of roles."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import UserId

Height = tuple[int, int]
"""A role's place in Discord's order: its position, and, of two with the same, the older one."""

NO_MEMBER: Height = (-1, 0)
"""Below every role: of somebody who has left the server."""


class Untouchable(StrEnum):
    """Why somebody may not be struck or blocked."""

    YOURSELF = "yourself"
    BOT = "bot"
    SERVER_OWNER = "server_owner"
    NOT_BELOW_YOU = "not_below_you"
    BOTS_OWNER = "bots_owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """How a server ranks somebody at a moment.

    Attributes:
        height: of their highest role.
        owns_server: whether it is theirs.
        is_bot: whether it is no person.
    """

    user_id: UserId
    height: Height = NO_MEMBER
    owns_server: bool = False
    is_bot: bool = False


def untouchable(moderator: Rank, member: Rank) -> Untouchable | None:
    """Why a moderator may not strike or block a member; None if they may."""
    if member.user_id == moderator.user_id:
        return Untouchable.YOURSELF
    if member.is_bot:
        return Untouchable.BOT
    if member.owns_server:
        return Untouchable.SERVER_OWNER
    if moderator.owns_server or member.height < moderator.height:
        return None
    return Untouchable.NOT_BELOW_YOU


def untouchable_everywhere(
    owner: UserId, member: Rank, *, owners: frozenset[UserId]
) -> Untouchable | None:
    """Why one of the bot's owners may not block somebody in all servers; roles are no matter."""
    if member.user_id == owner:
        return Untouchable.YOURSELF
    if member.is_bot:
        return Untouchable.BOT
    return Untouchable.BOTS_OWNER if member.user_id in owners else None
