"""Which pictures moderators see before the channel does: one pure rule, asked by the gate."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.gate.channel_rules import Review, UnknownSignals
from bot.domain.gate.rule import Rule

NEW_FOR = timedelta(days=7)
"""For so long after they joined a server members are new there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What of a painted picture and its member decides whether it is held.

    Attributes:
        by_moderator: whether the member could manage messages in the place when they asked.
        by_new_member: whether they were new to the server then.
        flagged: whether the image service blurred it.
        vouched_for: whether the service said that it found nothing, or a tool's input was safe.
    """

    by_moderator: bool
    by_new_member: bool
    flagged: bool
    vouched_for: bool


def is_new_member(joined_at: datetime | None, *, now: datetime) -> bool:
    """Whether a member counts as new; one of whom Discord does not say since when they are there
    does, because nothing vouches for them.
    """
    return joined_at is None or now - joined_at < NEW_FOR


def held_by(
    review: Review, unknown_signals: UnknownSignals, look: Look, *, safe_mode: bool
) -> Rule | None:
    """The rule by which a picture waits for a moderator; None if it is shown at once.

    Moderators' own pictures are not held: they would only be shown to moderators.
    """
    if look.by_moderator:
        return None
    match review:
        case Review.ALL:
            return Rule.REVIEW_ALL
        case Review.FLAGGED if look.flagged:
            return Rule.REVIEW_FLAGGED
        case Review.NEW_MEMBERS if look.by_new_member:
            return Rule.REVIEW_NEW_MEMBERS
        case _:
            pass
    asks = safe_mode and unknown_signals is UnknownSignals.HOLD
    return Rule.SAFETY_UNKNOWN if asks and not look.vouched_for else None


def rules_that_may_hold(
    review: Review,
    unknown_signals: UnknownSignals,
    *,
    by_moderator: bool,
    by_new_member: bool,
    safe_mode: bool,
) -> tuple[Rule, ...]:
    """The rules by which a member's pictures may wait for a moderator, whatever they turn out."""
    found = (
        held_by(
            review,
            unknown_signals,
            Look(
                by_moderator=by_moderator,
                by_new_member=by_new_member,
                flagged=flagged,
                vouched_for=vouched_for,
            ),
            safe_mode=safe_mode,
        )
        for flagged in (True, False)
        for vouched_for in (True, False)
    )
    return tuple(dict.fromkeys(rule for rule in found if rule is not None))
