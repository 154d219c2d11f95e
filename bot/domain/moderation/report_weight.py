"""How much a report weighs, and when a picture is hidden until a moderator has looked.

A picture is hidden by the sum of its reports' weights, each member's once. Accounts made for the
purpose count little, and members whose reports moderators keep rejecting count for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

HIDE_AT = 3.0
"""Three reports of members in good standing hide a picture."""

FRESH_ACCOUNT = timedelta(days=7)
YOUNG_ACCOUNT = timedelta(days=30)
_FRESH_WEIGHT = 0.25
_YOUNG_WEIGHT = 0.5
MOST_REJECTED = 5
"""So many rejected reports in 30 days, and further ones are kept but weigh nothing."""

REJECTED_COUNT_FOR = timedelta(days=30)
REPORTS_A_DAY = 20
REPORTS_A_DAY_OF_LIMITED = 3
"""How many pictures a member may report within 24 hours, and one whose reports weigh nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """What is known of who reports.

    Attributes:
        account_age: since the account was made.
        membership: since the member joined the server.
        rejected: how many of their reports moderators rejected in the last 30 days.
    """

    account_age: timedelta
    membership: timedelta
    rejected: int = 0


def weight_of(reporter: Reporter) -> float:
    """How much a report of this member weighs, from 0 to 1."""
    if is_limited(reporter.rejected):
        return 0.0
    known_for = min(reporter.account_age, reporter.membership)
    if known_for < FRESH_ACCOUNT:
        return _FRESH_WEIGHT
    return _YOUNG_WEIGHT if known_for < YOUNG_ACCOUNT else 1.0


def is_limited(rejected: int) -> bool:
    """Whether moderators have rejected too many of a member's reports of late."""
    return rejected >= MOST_REJECTED


def reports_a_day(rejected: int) -> int:
    """How many pictures a member may report within 24 hours."""
    return REPORTS_A_DAY_OF_LIMITED if is_limited(rejected) else REPORTS_A_DAY


def hides(weights: Iterable[float], *, threshold: float = HIDE_AT) -> bool:
    """Whether reports of these weights hide a picture."""
    return sum(weights) >= threshold
