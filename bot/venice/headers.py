"""What the headers of an answer say. Pure; names are matched without case by the caller's map."""

import math
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime

from bot.domain.gate.policy import SafetySignals

MILLISECONDS_FROM = 100_000_000_000
"""A Unix time above this is in milliseconds: in seconds it would be the year 5138."""

LONGEST_RESET_S = 60.0
"""Limits are by the minute: one that seems to end later is seen by a clock that is behind."""

_REQUEST_ID_HEADERS = ("x-request-id", "cf-ray")


@dataclass(frozen=True, slots=True)
class RateLimits:
    """What is left of an account's minute on one model; None for what was not said.

    Attributes:
        limit: requests a minute.
        remaining: requests left.
        resets_in_s: when the minute is over.
    """

    limit: int | None = None
    remaining: int | None = None
    resets_in_s: float | None = None


@dataclass(frozen=True, slots=True)
class ModelDeprecation:
    """An answer's word that its model will be removed.

    Attributes:
        message: the API's words; may be empty.
        date: when, as the API wrote it.
        replacement: the id of the model to take instead.
    """

    message: str
    date: str | None
    replacement: str | None


def safety_signals(headers: Mapping[str, str]) -> SafetySignals:
    """What the API said of a picture; None for what it did not say."""
    return SafetySignals(
        blurred=_flag(headers.get("x-venice-is-blurred")),
        content_violation=_flag(headers.get("x-venice-is-content-violation")),
    )


def deprecation(headers: Mapping[str, str]) -> ModelDeprecation | None:
    """The warning that the model goes, if there is one."""
    message = headers.get("x-venice-model-deprecation-warning")
    if message is None and not _flag(headers.get("x-venice-deprecated")):
        return None
    return ModelDeprecation(
        message=message or "",
        date=headers.get("x-venice-model-deprecation-date"),
        replacement=headers.get("x-venice-deprecated-replacement"),
    )


def rate_limits(headers: Mapping[str, str], *, now_s: float) -> RateLimits:
    """The account's limits on the model; `now_s` is the present Unix time."""
    limit = _number(headers.get("x-ratelimit-limit-requests"))
    remaining = _number(headers.get("x-ratelimit-remaining-requests"))
    return RateLimits(
        limit=int(limit) if limit is not None and limit >= 1 else None,
        remaining=int(remaining) if remaining is not None and remaining >= 0 else None,
        resets_in_s=_reset_s(headers, now_s=now_s),
    )


def retry_after_s(headers: Mapping[str, str], *, now_s: float) -> float | None:
    """How long the API asks to wait, in seconds.

    `Retry-After` counts seconds or is a date (RFC 9110). `x-ratelimit-reset-requests` is a Unix
    time, seen in seconds and in milliseconds; it asks for nothing while requests remain.
    """
    after = _retry_after_s(headers.get("retry-after"), now_s=now_s)
    if after is not None:
        return after
    if _number(headers.get("x-ratelimit-remaining-requests", "0")) != 0:
        return None
    return _reset_s(headers, now_s=now_s)


def request_id(headers: Mapping[str, str]) -> str | None:
    """By which the API's operators find a request."""
    return next((headers[name] for name in _REQUEST_ID_HEADERS if headers.get(name)), None)


def enhanced_prompt(headers: Mapping[str, str]) -> str | None:
    """The prompt as the API rewrote it, which comes URL-encoded."""
    text = headers.get("x-venice-enhanced-prompt")
    return urllib.parse.unquote(text) if text else None


def balance_usd(headers: Mapping[str, str]) -> Decimal | None:
    """What a wallet has left; not said of keys."""
    try:
        amount = Decimal(headers.get("x-balance-remaining", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _reset_s(headers: Mapping[str, str], *, now_s: float) -> float | None:
    reset = _number(headers.get("x-ratelimit-reset-requests"))
    if reset is None:
        return None
    in_s = (reset / 1_000 if reset > MILLISECONDS_FROM else reset) - now_s
    return min(max(0.0, in_s), LONGEST_RESET_S)


def _retry_after_s(text: str | None, *, now_s: float) -> float | None:
    seconds = _number(text)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        moment: datetime = parsedate_to_datetime(text or "")
        asked_s = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError):
        return None
    return max(0.0, asked_s - now_s)


def _flag(text: str | None) -> bool | None:
    return None if text is None else text.strip().lower() == "true"


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
