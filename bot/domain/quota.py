"""What a member has left."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class QuotaStatus:
    """A member's images of the day; `limit` and `left` are None where there is no limit."""

    used: int
    limit: int | None
    left: int | None
    resets_at: datetime
