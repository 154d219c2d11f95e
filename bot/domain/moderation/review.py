"""Review: a held picture waits for a moderator, who decides once; the member may appeal once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import ImageState, JobImage, MessageAddress
from bot.domain.moderation.errors import (
    AnotherModeratorNeeded,
    DecidedAlready,
    NoAppeal,
    OwnPictureHeld,
)

WAITS_FOR = timedelta(hours=24)
"""What nobody has decided on by then is rejected."""

APPEAL_WITHIN = timedelta(days=7)
"""For so long after a rejection a member may appeal, and the picture is kept."""


class ReviewState(StrEnum):
    """Where a review is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """The member has deleted the result."""


AGAINST = frozenset({ReviewState.REJECTED, ReviewState.EXPIRED})
"""The picture is not shown, and the member is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCase:
    """One held picture, and what was decided on it.

    Attributes:
        user_id: the member whose picture it is.
        rule: by which it is held.
        expires_at: when it is rejected if nobody has decided by then.
        decided_by: the moderator; None where none was there in time, or none has decided yet.
        reason: in the words of the moderator who rejected it.
        appealed_at: when the member has appealed; None if not.
        rejected_by: the moderator against whose decision they have.
        told_at: when the member was told of a decision against the picture.
        message: where moderators are asked, if in a channel.
    """

    image_id: ImageId
    job_id: JobId
    guild_id: GuildId
    channel_id: ChannelId
    user_id: UserId
    rule: Rule
    held_at: datetime
    expires_at: datetime
    state: ReviewState = ReviewState.WAITING
    decided_at: datetime | None = None
    decided_by: UserId | None = None
    reason: str = ""
    appealed_at: datetime | None = None
    rejected_by: UserId | None = None
    told_at: datetime | None = None
    message: MessageAddress | None = None

    @property
    def is_appeal(self) -> bool:
        """Whether it is, or was, decided on for the second time, which is the last."""
        return self.appealed_at is not None


def check_decision(case: ReviewCase, moderator: UserId, *, others_moderate: bool) -> None:
    """See whether a moderator may decide.

    Args:
        case: as it is now.
        moderator: who wants to decide.
        others_moderate: whether somebody else than who rejected it moderates the channel.

    Raises:
        DecidedAlready: if it does not wait any more.
        OwnPictureHeld: if it is the moderator's own.
        AnotherModeratorNeeded: if it is an appeal against them, and somebody else can decide.
    """
    if case.state is not ReviewState.WAITING:
        raise DecidedAlready
    if moderator == case.user_id:
        raise OwnPictureHeld
    if moderator == case.rejected_by and others_moderate:
        raise AnotherModeratorNeeded


def can_be_appealed(case: ReviewCase, *, now: datetime) -> bool:
    """Whether the member may have it looked at once more."""
    if case.state not in AGAINST or case.is_appeal or case.decided_at is None:
        return False
    return now < case.decided_at + APPEAL_WITHIN


def check_appeal(case: ReviewCase, *, now: datetime) -> None:
    """See whether the member may appeal.

    Raises:
        NoAppeal: if they may not.
    """
    if not can_be_appealed(case, now=now):
        raise NoAppeal


def awaits_delivery(image: JobImage, case: ReviewCase) -> bool:
    """Whether a decision was made that the picture's job has not acted on yet."""
    if image.state is ImageState.HELD:
        return case.state is ReviewState.APPROVED or case.state in AGAINST
    return case.state is ReviewState.APPROVED and was_not_released(image)


def was_not_released(image: JobImage) -> bool:
    """Whether a decision against a picture was acted on."""
    failure = image.failure
    return failure is not None and failure.reason is FailureReason.NOT_RELEASED
