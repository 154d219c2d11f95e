"""Work that is due at a moment: one row for each thing that ends, steps on or expires by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class WorkKind(StrEnum):
    """What is to be done. The values are in the database: they are never renamed."""

    REVIEW_EXPIRES = "review_expires"
    REVIEW_POSTED = "review_posted"
    SERVER_ERASE = "server_erase"
    MEMBER_ERASE = "member_erase"
    BATTLE_CLOSES = "battle_closes"
    ROUND_STEP = "round_step"
    ROUND_REMINDER = "round_reminder"
    ROUND_EXPIRY = "round_expiry"
    CONTEST_STEP = "contest_step"
    VOTES_HELD = "votes_held"
    VOTES_STILL_HELD = "votes_still_held"
    STARBOARD = "starboard"
    STARBOARD_SWEEP = "starboard_sweep"
    STOP_WORK = "stop_work"
    TELL_CONDUCT = "tell_conduct"
    REDRAW_RESULT = "redraw_result"


@dataclass(frozen=True, slots=True)
class ScheduledWork:
    """What is to be done with a subject, such as a battle's id, and from when on."""

    kind: WorkKind
    subject: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TakenWork:
    """Work that somebody has begun, for the nth time."""

    work: ScheduledWork
    attempt: int


_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


def wait_after(attempt: int) -> timedelta:
    """How long work that failed the nth time is left alone; never given up, as nothing is lost."""
    return _WAITS[min(attempt, len(_WAITS)) - 1]
