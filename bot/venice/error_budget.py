"""Keeps failures from locking the account.

More than 20 answers within 30 s that are neither a success nor a 429 lock a key for 30 s
(Venice). Each open request may yet fail, so that failures and open requests together are kept
at 20: whatever happens to them, the lock stays open.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from bot.venice.clock import Clock, wait_at_most

DEFAULT_ERRORS_PER_WINDOW = 20
WINDOW_S = 31.0
"""30 s, and one for answers that take longer to arrive than others."""


class ErrorBudget:
    """Lets a request through only if its failure could be afforded; first come, first served."""

    def __init__(self, clock: Clock, *, errors_per_window: int = DEFAULT_ERRORS_PER_WINDOW) -> None:
        self._clock = clock
        self._limit = errors_per_window
        self._failed_s: deque[float] = deque()
        self._open = 0
        self._turn = asyncio.Lock()
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[None]:
        """Wait until one more failure could be afforded, and count the request as open."""
        async with self._turn:
            while (wait_s := self._wait_s()) is not None:
                self._freed.clear()
                await wait_at_most(self._freed, self._clock, wait_s)
            self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            self._freed.set()

    def note(self, status: int) -> None:
        """Count an answer."""
        is_success = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
        if not is_success and status != HTTPStatus.TOO_MANY_REQUESTS:
            self._failed_s.append(self._clock.monotonic())

    def _wait_s(self) -> float | None:
        """How long until the oldest failure is forgotten; None if there is room."""
        now_s = self._clock.monotonic()
        while self._failed_s and self._failed_s[0] <= now_s - WINDOW_S:
            self._failed_s.popleft()
        if self._open + len(self._failed_s) < self._limit:
            return None
        return self._failed_s[0] + WINDOW_S - now_s if self._failed_s else WINDOW_S
