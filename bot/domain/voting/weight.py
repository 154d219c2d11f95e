"""How much a member's vote counts: accounts made for voting count for nothing, new ones for half.

An account is fresh to Discord, or its member is new to the server; whichever is stricter counts.
"""

from datetime import datetime, timedelta

from bot.domain.voting.vote import FULL_WEIGHT, Newness

HALF_WEIGHT = FULL_WEIGHT // 2

_BY_ACCOUNT = ((timedelta(days=7), 0), (timedelta(days=30), HALF_WEIGHT))
_BY_MEMBERSHIP = ((timedelta(days=1), 0), (timedelta(days=7), HALF_WEIGHT))


def vote_weight(*, now: datetime, account_since: datetime, member_since: datetime | None) -> int:
    """The weight of a vote in thousandths; where it is not known since when, that is no stain."""
    by_membership = FULL_WEIGHT
    if member_since is not None:
        by_membership = _by_age(now - member_since, _BY_MEMBERSHIP)
    return min(_by_age(now - account_since, _BY_ACCOUNT), by_membership)


def newness_of(*, now: datetime, account_since: datetime, member_since: datetime | None) -> Newness:
    """What of a member is so new that a vote weighs less by it."""
    new_account = _by_age(now - account_since, _BY_ACCOUNT) < FULL_WEIGHT
    new_member = (
        member_since is not None and _by_age(now - member_since, _BY_MEMBERSHIP) < FULL_WEIGHT
    )
    match new_account, new_member:
        case True, True:
            return Newness.BOTH
        case True, False:
            return Newness.ACCOUNT
        case False, True:
            return Newness.MEMBERSHIP
        case _:
            return Newness.NONE


def _by_age(age: timedelta, steps: tuple[tuple[timedelta, int], ...]) -> int:
    return next((weight for younger_than, weight in steps if age < younger_than), FULL_WEIGHT)
