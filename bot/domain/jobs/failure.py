"""Why an image was not made: kept in the job's record, so that it can be told after a restart."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.gate.rule import Rule


class FailureReason(StrEnum):
    """Who must act, and on what."""

    REJECTED = "rejected"
    """The API refused the request; its own message says why. The member can change it."""

    CONTENT_VIOLATION = "content_violation"
    """The API found that the picture breaks its rules."""

    MODEL_GONE = "model_gone"
    """The model was retired or is unknown to the API."""

    AT_CAPACITY = "at_capacity"
    """The model has no room now; another one may."""

    RATE_LIMITED = "rate_limited"
    """The account's rate limit held for longer than the job could wait."""

    UNREACHABLE = "unreachable"
    """The API could not be reached, or its answer could not be read."""

    TIMED_OUT = "timed_out"
    """The API took longer than a picture may take."""

    NOT_CONFIGURED = "not_configured"
    """The API refused the operator's credentials."""

    OUT_OF_FUNDS = "out_of_funds"
    """The operator's account at the API is empty."""

    INPUT_GONE = "input_gone"
    """A picture that it was to be made of was deleted, or is no longer kept."""

    LOST = "lost"
    """The answer was lost after the request had been sent; it is never sent again."""

    RULES_CHANGED = "rules_changed"
    PAUSED = "paused"
    """The rules of the place have changed since the request, and no longer allow it."""

    NOT_RELEASED = "not_released"
    """Moderators did not let the picture be shown, or nobody looked at it in time."""

    MEMBER_BARRED = "member_barred"
    """Whoever asked was blocked since, or paused for their strikes."""

    REWRITTEN = "rewritten"
    """The API was asked to rewrite the prompt, and what it wrote breaks a rule of the place."""

    UNDELIVERABLE = "undeliverable"
    """The picture was made, but there was no way left to show it."""

    INTERNAL = "internal"
    """A fault of the bot's own."""


_BY_RULE = {
    Rule.PAUSED: FailureReason.PAUSED,
    Rule.BLOCKED: FailureReason.MEMBER_BARRED,
    Rule.PAUSED_FOR_STRIKES: FailureReason.MEMBER_BARRED,
}


def prevented_by(rule: Rule | None) -> FailureReason:
    """Why an image is not made or not shown that a rule has come in the way of."""
    return _BY_RULE.get(rule, FailureReason.RULES_CHANGED) if rule else FailureReason.RULES_CHANGED


class Billing(StrEnum):
    """Whether the API has charged for an attempt."""

    NOT_BILLED = "not_billed"
    MAYBE_BILLED = "maybe_billed"
    BILLED = "billed"


OPERATOR_MUST_ACT = frozenset({FailureReason.NOT_CONFIGURED, FailureReason.OUT_OF_FUNDS})
"""Failures that no member can mend: the operator is told."""


@dataclass(frozen=True, slots=True)
class ImageFailure:
    """One failed image.

    `detail` is the API's own message, shown where the member can act on it; where a rule of the
    place was in the way, it is the rule's name.
    """

    reason: FailureReason
    billing: Billing = Billing.NOT_BILLED
    detail: str | None = None
    request_id: str | None = None


_BY_RULES = frozenset({FailureReason.RULES_CHANGED, FailureReason.PAUSED, FailureReason.REWRITTEN})


def rule_behind(failure: ImageFailure) -> Rule | None:
    """The rule of the gate by which an image failed; None if none did, or nobody noted it."""
    if failure.reason is FailureReason.CONTENT_VIOLATION:
        return Rule.CONTENT_VIOLATION
    if failure.reason not in _BY_RULES or failure.detail not in tuple(Rule):
        return None
    return Rule(failure.detail)


class PaintingError(Exception):
    """Raised by an image backend instead of a picture."""

    def __init__(self, failure: ImageFailure) -> None:
        super().__init__(f"{failure.reason}: {failure.detail or 'no detail'}")
        self.failure = failure
