"""When a request is turned away although it breaks no rule: too many wait, or too soon.

Nothing was written or charged; the member can ask again later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import MemberError
from bot.domain.jobs.cooldown import Conduct, next_request_at, pause_end


class TurnedAway(MemberError):
    """The request is welcome at another time."""


@dataclass(eq=False)
class QueueFull(TurnedAway):
    """As many jobs wait as may wait; `waiting` is how many."""

    waiting: int


@dataclass(eq=False)
class OwnQueueFull(TurnedAway):
    """As many jobs of the member's wait as one member may have waiting."""

    waiting: int


@dataclass(eq=False)
class AskedTooSoon(TurnedAway):
    """There has to be a pause between two requests of a member's."""

    again_at: datetime


@dataclass(eq=False)
class PausedAfterFailures(TurnedAway):
    """Too many of the member's requests failed in a short time."""

    until: datetime


@dataclass(frozen=True, slots=True)
class QueueLength:
    """How many jobs are open, all of them and one member's; `waiting` have no worker."""

    jobs: int
    of_member: int
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionLimits:
    """How many jobs may be open, and how long a member waits between requests (0: not at all)."""

    jobs: int
    jobs_of_member: int
    pause: timedelta = timedelta(0)


def too_soon(
    conduct: Conduct, limits: AdmissionLimits, *, now: datetime
) -> PausedAfterFailures | AskedTooSoon | None:
    """Why a member has to wait; None if they need not."""
    paused_until = pause_end(conduct, now=now)
    if paused_until is not None:
        return PausedAfterFailures(paused_until)
    again_at = next_request_at(conduct, pause=limits.pause, now=now)
    return AskedTooSoon(again_at) if again_at is not None else None


def overflow(
    length: QueueLength, limits: AdmissionLimits, *, new: int
) -> OwnQueueFull | QueueFull | None:
    """Which limit of the queue `new` jobs would break beside what is there; None if none."""
    if length.of_member + new > limits.jobs_of_member:
        return OwnQueueFull(length.of_member)
    if length.jobs + new > limits.jobs:
        return QueueFull(length.jobs)
    return None
