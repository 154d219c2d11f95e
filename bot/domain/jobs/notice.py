"""A notice: what a member could not be told when it happened, told at their next command."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import JobId, UserId


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a member could not be told when it happened."""

    job_id: JobId
    user_id: UserId
    refunded_images: int
    created_at: datetime
