"""A clock that stands still until a test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.venice import SystemClock

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class FakeClock:
    """Time as a test says it is; whoever sleeps wakes when it is moved past their hour."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._set_ahead = timedelta(0)
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now + self._set_ahead

    def monotonic(self) -> float:
        return self._now.timestamp()

    async def sleep(self, seconds: float) -> None:
        due, woken = self._now + timedelta(seconds=seconds), asyncio.Event()
        self._sleepers.append((due, woken))
        await woken.wait()

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        for due, woken in self._sleepers:
            if due <= self._now:
                woken.set()

    def set_ahead(self, by: timedelta) -> None:
        """Somebody sets the machine's clock: no time passes, and nobody who sleeps wakes."""
        self._set_ahead += by


class AdvancedClock(SystemClock):
    """The machine's clock, ahead of its time by as much as a test has moved it."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self._ahead

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead.total_seconds()

    def move(self, ahead: timedelta) -> None:
        self._ahead += ahead
