"""Strikes: what follows from them, and when they are forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Consequence(StrEnum):
    """What a member's strikes lead to."""

    NONE = "none"
    WARNING = "warning"
    PAUSE = "pause"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Strike:
    """One strike; it counts until it expires."""

    at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeRules:
    """A server's thresholds, in strikes that count at the same time.

    Attributes:
        warn_at: the member is told.
        pause_at: the member may ask for nothing until `pause` after the latest strike.
        block_at: the member is blocked until a moderator lifts it.
        counts_for: how long a strike counts.
        pause: how long a pause is.
    """

    warn_at: int = 1
    pause_at: int = 3
    block_at: int = 5
    counts_for: timedelta = timedelta(days=30)
    pause: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        if not 1 <= self.warn_at <= self.pause_at <= self.block_at:
            raise ValueError("a warning comes before a pause, and a pause before a block")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands; `until` is when a pause ends."""

    consequence: Consequence
    strikes: int
    until: datetime | None = None


def standing(strikes: Iterable[Strike], rules: StrikeRules, *, now: datetime) -> Standing:
    """What a member's strikes lead to now.

    A pause that is over leaves a warning, as long as its strikes count.
    """
    counting = [strike for strike in strikes if strike.at <= now < strike.expires_at]
    count = len(counting)
    if count >= rules.block_at:
        return Standing(Consequence.BLOCK, count)
    if count >= rules.pause_at:
        until = max(strike.at for strike in counting) + rules.pause
        if now < until:
            return Standing(Consequence.PAUSE, count, until)
    if count >= rules.warn_at:
        return Standing(Consequence.WARNING, count)
    return Standing(Consequence.NONE, count)
