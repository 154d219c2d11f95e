"""A report: a member says that a picture should not be there, and why."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import ReasonEmpty
from bot.domain.ids import ImageId, UserId

REASON_LIMIT = 1_000
"""Characters of a reason; longer ones are cut."""


@dataclass(frozen=True, slots=True)
class Report:
    """One member's report of one image."""

    image_id: ImageId
    user_id: UserId
    reason: str
    created_at: datetime


def clean_reason(text: str) -> str:
    """A reason without outer blanks, within its limit.

    Raises:
        ReasonEmpty: if nothing is left.
    """
    reason = text.strip()[:REASON_LIMIT]
    if not reason:
        raise ReasonEmpty
    return reason
