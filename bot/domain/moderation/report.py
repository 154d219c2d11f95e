"""A report: a member says that a picture should not be there, and why."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import ReasonEmpty
from bot.domain.ids import GuildId, ImageId, UserId

REASON_LIMIT = 1_000
"""Characters of a reason; longer ones are cut."""


@dataclass(frozen=True, slots=True)
class Report:
    """One member's report of one image, in a server or, without one, in direct messages.

    What it weighs is in `bot.domain.moderation.report_weight`.
    """

    image_id: ImageId
    user_id: UserId
    reason: str
    created_at: datetime
    guild_id: GuildId | None = None
    weight: float = 1.0

    @property
    def id(self) -> str:
        """By what a report is named: its image and its member, who can report that once."""
        return f"{self.image_id}-{self.user_id}"


def clean_reason(text: str) -> str:
    """A reason without outer blanks, within its limit.

    Raises:
        ReasonEmpty: if nothing is left.
    """
    reason = text.strip()[:REASON_LIMIT]
    if not reason:
        raise ReasonEmpty
    return reason
