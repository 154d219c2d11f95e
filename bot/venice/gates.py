"""The gates that every request passes before it leaves: limits, budget, breaker, wallet.

A request waits for its turn in its model's lane first, so that a busy model holds nobody else up.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from bot.venice import headers as headers_of
from bot.venice.breaker import CircuitBreaker
from bot.venice.clock import Clock
from bot.venice.error_budget import DEFAULT_ERRORS_PER_WINDOW, ErrorBudget
from bot.venice.errors import AtCapacity, CircuitOpen, VeniceError
from bot.venice.limiter import DEFAULT_IMAGES_PER_MINUTE, Passage, RateLimiter

MOST_ALTERNATIVES = 3

Alternatives = Callable[[str], tuple[str, ...]]
"""From a model's id to those that can take its place, the nearest first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the account may do until answers say otherwise.

    Attributes:
        images_per_minute: of each model.
        longest_wait_s: a request that would wait longer for its turn is refused.
        errors_per_window: failures, other than 429, that do not lock the account yet.
    """

    images_per_minute: int = DEFAULT_IMAGES_PER_MINUTE
    longest_wait_s: float = 300.0
    errors_per_window: int = DEFAULT_ERRORS_PER_WINDOW


class Gates:
    """All gates of one account.

    Args:
        clock: time.
        limits: what the account may do.
        most_in_flight: how many requests may be open at once; None for any number.
        breaker: leaves alone the models that have no room.
    """

    def __init__(
        self,
        clock: Clock,
        limits: Limits,
        *,
        most_in_flight: int | None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self._clock = clock
        self._limiter = RateLimiter(
            clock,
            images_per_minute=limits.images_per_minute,
            longest_wait_s=limits.longest_wait_s,
        )
        self._budget = ErrorBudget(clock, errors_per_window=limits.errors_per_window)
        self._breaker = breaker or CircuitBreaker(clock)
        self._places = asyncio.Semaphore(most_in_flight) if most_in_flight else None
        self.alternatives: Alternatives = lambda _: ()

    @contextlib.asynccontextmanager
    async def passage(self, lane: str | None, *, images: int = 1) -> AsyncIterator["OpenRequest"]:
        """Wait until a request may leave, and count it as open until the end.

        Args:
            lane: the model that does the work; None for routes that cost nothing.
            images: how many pictures it asks for.

        Raises:
            RateLimited: if its turn is too far off.
            CircuitOpen: if the model is left alone, with others to take.
        """
        async with contextlib.AsyncExitStack() as stack:
            passage = None
            if lane is not None:
                self._check(lane)
                passage = await stack.enter_async_context(
                    self._limiter.passage(lane, images=images)
                )
            await stack.enter_async_context(self._budget.passage())
            if self._places is not None:
                await stack.enter_async_context(self._places)
            if lane is not None and passage is not None:
                self._check(lane, is_leaving=True)
                passage.leaves_now()
            yield OpenRequest(self, lane, passage)

    def tokens(self) -> Mapping[str, int]:
        """How many images each lane would let through now."""
        return self._limiter.tokens()

    def note(self, request: "OpenRequest", status: int, headers: Mapping[str, str]) -> None:
        """Take up what an answer's head says."""
        self._budget.note(status)
        if request.passage is None:
            return
        now_s = self._clock.now().timestamp()
        request.passage.learn(headers_of.rate_limits(headers, now_s=now_s))
        wait_s = headers_of.retry_after_s(headers, now_s=now_s)
        if status == HTTPStatus.TOO_MANY_REQUESTS and wait_s:
            request.passage.close_lane(for_s=wait_s)

    def note_outcome(self, request: "OpenRequest", error: VeniceError | None) -> None:
        """Take up how a try ended."""
        if request.lane is None:
            return
        if error is None:
            self._breaker.note_success(request.lane)
        elif isinstance(error, AtCapacity):
            self._breaker.note_capacity_error(request.lane, retry_after_s=error.retry_after_s)
            error.alternatives = self._other_models(request.lane)

    def _check(self, lane: str, *, is_leaving: bool = False) -> None:
        try:
            self._breaker.check(lane, is_leaving=is_leaving)
        except CircuitOpen as error:
            error.alternatives = self._other_models(lane)
            raise

    def _other_models(self, lane: str) -> tuple[str, ...]:
        others = (other for other in self.alternatives(lane) if not self._breaker.is_open(other))
        return tuple(others)[:MOST_ALTERNATIVES]


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that has passed the gates, to tell them how it went."""

    gates: Gates
    lane: str | None
    passage: Passage | None

    def note_head(self, status: int, headers: Mapping[str, str]) -> None:
        """Say what its answer's head was."""
        self.gates.note(self, status, headers)

    def note_outcome(self, error: VeniceError | None) -> None:
        """Say how it ended; None for well."""
        self.gates.note_outcome(self, error)
