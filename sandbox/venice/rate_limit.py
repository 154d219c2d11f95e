"""Images a minute, counted for each payer and model, and the lock on those who only err."""

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from sandbox.venice.refusal import Refusal

WINDOW = timedelta(minutes=1)
ERROR_WINDOW = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a minute.

    Attributes:
        limit: images a minute.
        remaining: images left in this one.
        resets_at: when the next one begins.
    """

    limit: int
    remaining: int
    resets_at: datetime

    def headers(self) -> dict[str, str]:
        """The three headers of every inference answer; the reset is in Unix seconds."""
        return {
            "x-ratelimit-limit-requests": str(self.limit),
            "x-ratelimit-remaining-requests": str(self.remaining),
            "x-ratelimit-reset-requests": str(math.ceil(self.resets_at.timestamp())),
        }


class RateLimiter:
    """Counts images in fixed windows of a minute that begin with the first of them."""

    def __init__(self, *, images_per_minute: int) -> None:
        self._limit = images_per_minute
        self._windows: dict[tuple[str, str], tuple[datetime, int]] = {}

    def take(self, *, payer: str, model_id: str, images: int, now: datetime) -> Allowance:
        """Counts that many images.

        Raises:
            Refusal: 429 if they are more than the minute has left.
        """
        began, used = self._windows.get((payer, model_id), (now, 0))
        if now >= began + WINDOW:
            began, used = now, 0
        if used + images > self._limit:
            exhausted = Allowance(self._limit, 0, began + WINDOW)
            raise Refusal(429, {"error": "Rate limit exceeded"}, exhausted.headers())
        self._windows[payer, model_id] = (began, used + images)
        return Allowance(self._limit, self._limit - used - images, began + WINDOW)


class ErrorBudget:
    """Locks a payer out for 30 s once it was answered too many errors within 30 s."""

    def __init__(self, *, errors_per_30_s: int | None) -> None:
        self._limit = errors_per_30_s
        self._errors: dict[str, deque[datetime]] = {}
        self._locked_until: dict[str, datetime] = {}

    def check(self, payer: str | None, *, now: datetime) -> None:
        """Lets a payer in.

        Raises:
            Refusal: 429 while it is locked out.
        """
        until = self._locked_until.get(payer) if payer is not None else None
        if until is not None and now < until:
            wait_s = math.ceil((until - now).total_seconds())
            raise Refusal(
                429,
                {"error": "Too many failed requests. Please try again later."},
                {"Retry-After": str(wait_s)},
            )

    def note(self, payer: str | None, *, status: int, now: datetime) -> None:
        """Counts an answer, if it was an error other than 429."""
        forgiven = status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.TOO_MANY_REQUESTS
        if payer is None or self._limit is None or forgiven:
            return
        errors = self._errors.setdefault(payer, deque())
        errors.append(now)
        while errors[0] <= now - ERROR_WINDOW:
            errors.popleft()
        if len(errors) > self._limit:
            self._locked_until[payer] = now + ERROR_WINDOW
            errors.clear()
