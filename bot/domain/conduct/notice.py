"""What a member is told of their conduct: privately, at once or at their next command."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import GuildId, UserId


class ConductNews(StrEnum):
    """What has happened."""

    WARNED = "warned"
    PAUSED = "paused"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductNotice:
    """Something a member is told. `guild_id` is `bot.domain.gate.pause.EVERYWHERE` for all servers.

    Attributes:
        until: when a strike stops to count, or a pause or a block ends; None for no end.
        strikes: how many count by now; 0 where it is not about strikes.
        cancelled: how many requests that waited were cancelled.
    """

    id: str
    user_id: UserId
    guild_id: GuildId
    news: ConductNews
    reason: str
    until: datetime | None
    strikes: int
    created_at: datetime
    cancelled: int = 0
