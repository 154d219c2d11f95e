"""Cooldowns: the pause between a member's requests, and the pause after many that failed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.elapsed import is_within
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import JobImage

MOST_FAILURES = 10
FAILURES_WITHIN = timedelta(minutes=1)
PAUSED_FOR = timedelta(minutes=1)
"""Ten failing requests in a minute pause a member for a minute."""

MEMBERS_DOING = frozenset(
    {FailureReason.REJECTED, FailureReason.CONTENT_VIOLATION, FailureReason.RULES_CHANGED}
)
"""Failures that what was asked for has caused; the others are nobody's doing, or the bot's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What counts of a member's last requests, wherever they were made.

    `failed_at` are the moments of failing requests, oldest first; never more than ten.
    """

    last_request_at: datetime | None = None
    failed_at: tuple[datetime, ...] = ()
    paused_until: datetime | None = None


NO_REQUESTS = Conduct()


def pause_end(conduct: Conduct, *, now: datetime) -> datetime | None:
    """When a member's pause for failing requests ends; None if there is none.

    One that would last longer than it may was set by a clock that has been put right since.
    """
    ends = conduct.paused_until
    return ends if ends is not None and now < ends <= now + PAUSED_FOR else None


def next_request_at(conduct: Conduct, *, pause: timedelta, now: datetime) -> datetime | None:
    """When a member may ask again after the last request; None if they may now."""
    last = conduct.last_request_at
    if last is None or not is_within(pause, since=last, now=now):
        return None
    return last + pause


def after_failure(conduct: Conduct, *, now: datetime) -> Conduct:
    """The member's conduct after one more failing request: the tenth in a minute pauses them.

    Those that have led to a pause do not count towards the next one.
    """
    recent = tuple(at for at in conduct.failed_at if is_within(FAILURES_WITHIN, since=at, now=now))
    failed_at = (*recent, now)
    if len(failed_at) < MOST_FAILURES:
        return replace(conduct, failed_at=failed_at)
    return replace(conduct, failed_at=(), paused_until=now + PAUSED_FOR)


def has_failed(images: tuple[JobImage, ...]) -> bool:
    """Whether a request counts as failing: the API or the rules refused any of its images."""
    return any(
        image.failure is not None and image.failure.reason in MEMBERS_DOING for image in images
    )
