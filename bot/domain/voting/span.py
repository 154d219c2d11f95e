"""The spans of leaderboards: weeks from Monday and months, both in UTC, and all time."""

from datetime import datetime
from enum import StrEnum


class Span(StrEnum):
    """How far back a leaderboard goes."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


def span_key(span: Span, at: datetime) -> str:
    """The name of the span that a moment (in UTC) lies in, such as `2025-W21`."""
    match span:
        case Span.WEEK:
            year, week, _ = at.isocalendar()
            return f"{year}-W{week:02}"
        case Span.MONTH:
            return f"{at:%Y-%m}"
        case Span.ALL:
            return "all"


def span_keys(at: datetime) -> tuple[str, ...]:
    """The names of all spans that a vote of a moment counts in."""
    return tuple(span_key(span, at) for span in Span)
