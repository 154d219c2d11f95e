"""What moderators make of a reported picture.

A picture is its bytes: reports of its shared copies in a server are one case, and what is decided
counts for all of them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import MessageAddress


class Verdict(StrEnum):
    """What a moderator decides on a reported picture."""

    RESTORE = "restore"
    REMOVE = "remove"
    STRIKE = "strike"
    """Removed, and a strike for whoever asked for it."""


class ReportOutcome(StrEnum):
    """What became of a report."""

    REJECTED = "rejected"
    UPHELD = "upheld"


OUTCOMES: dict[Verdict, ReportOutcome] = {
    Verdict.RESTORE: ReportOutcome.REJECTED,
    Verdict.REMOVE: ReportOutcome.UPHELD,
    Verdict.STRIKE: ReportOutcome.UPHELD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A reported picture on which nobody has decided.

    Attributes:
        author: whoever asked for the picture.
        hidden: whether it waits for the decision unseen.
        reports: how many members have reported it.
        reason: of the first of them.
        shown: the message it is, or was, in.
    """

    image_id: ImageId
    guild_id: GuildId
    author: UserId
    hidden: bool
    reports: int
    reason: str
    first_at: datetime
    shown: MessageAddress | None
