"""Requests that wait for their member's word before anything is spent.

The word is asked for where a wish makes more images than one request does, or where a setting is
sure to do nothing. What waits is in the database, so that a restart does not lose it; the button
carries when it expires, so that a press that comes too late is told so from memory.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.asking.effects import Effect, IgnoredSetting
from bot.domain.asking.request import MAX_IMAGES_PER_REQUEST, ImageRequest
from bot.domain.ids import ImageId, UserId
from bot.domain.jobs.job import ReplyAddress

WAITS_FOR = timedelta(minutes=15)
"""As long as the message that asks can be edited (Discord)."""

_TARGET = re.compile(r"(?P<id>[0-9]{1,20})-(?P<expires>[0-9]{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRequest:
    """Requests that are made together or not at all.

    `id` is that of the interaction that asked; `question` is the message with the button.
    """

    id: str
    user_id: UserId
    requests: tuple[ImageRequest, ...]
    parent: ImageId | None
    question: ReplyAddress
    expires_at: datetime


def needs_word(images: int, ignored: Sequence[IgnoredSetting]) -> bool:
    """Whether a member is asked before anything is spent."""
    is_vain = any(each.effect is Effect.NO_EFFECT for each in ignored)
    return is_vain or images > MAX_IMAGES_PER_REQUEST


def confirm_target(pending: PendingRequest) -> str:
    """What the button carries that confirms."""
    return f"{pending.id}-{int(pending.expires_at.timestamp())}"


def read_confirm_target(target: str, *, now: datetime) -> str | None:
    """The id of what was confirmed; None if the button is no such one, or its time is over."""
    found = _TARGET.fullmatch(target)
    if found is None or now >= datetime.fromtimestamp(int(found["expires"]), UTC):
        return None
    return found["id"]


def batch_key(interaction_id: str) -> str:
    """The idempotency key of what an interaction asks for; `nth_key` has those of its jobs."""
    return f"i:{interaction_id}"


def nth_key(key: str, number: int) -> str:
    """The idempotency key of a request's job, counted from 0."""
    return key if number == 0 else f"{key}:{number}"
