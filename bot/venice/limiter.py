"""Keeps an account inside the API's limit of images a minute, model by model.

First come, first served. A limiter belongs to one account; it learns the true limit and what is
left, which others with the same key may have used, from the headers of answers.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.venice.clock import Clock, wait_at_most
from bot.venice.errors import RateLimited
from bot.venice.headers import RateLimits

DEFAULT_IMAGES_PER_MINUTE = 20
"""A key's limit on each model (Venice); partners have more, and the headers say so."""

WINDOW_S = 61.0
"""A minute, and a second for requests that take longer to arrive than others."""


@dataclass(slots=True)
class _Lane:
    """The requests of one model."""

    limit: int
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    sent_s: deque[float] = field(default_factory=deque)
    in_flight: int = 0
    left: int | None = None
    left_until_s: float = 0.0
    closed_until_s: float = 0.0

    def wait_s(self, now_s: float, *, images: int) -> float:
        """How long until a request for so many images may leave."""
        while self.sent_s and self.sent_s[0] <= now_s - WINDOW_S:
            self.sent_s.popleft()
        opens_s = self.closed_until_s
        too_many = min(len(self.sent_s), len(self.sent_s) + images - self.limit)
        if too_many > 0:
            opens_s = max(opens_s, self.sent_s[too_many - 1] + WINDOW_S)
        if self.left is not None and self.left < min(images, self.limit):
            opens_s = max(opens_s, self.left_until_s)
        return max(0.0, opens_s - now_s)

    def tokens(self, now_s: float) -> int:
        """How many images would be let through now."""
        if now_s < self.closed_until_s:
            return 0
        tokens = self.limit - sum(sent_s > now_s - WINDOW_S for sent_s in self.sent_s)
        if self.left is not None and now_s < self.left_until_s:
            tokens = min(tokens, self.left)
        return max(0, tokens)

    def let_through(self, now_s: float, *, images: int) -> None:
        """Count a request that leaves now."""
        self.sent_s.extend([now_s] * images)
        self.in_flight += images
        if self.left is not None:
            self.left = None if now_s >= self.left_until_s else self.left - images

    def move(self, from_s: float, to_s: float) -> None:
        """Count an image that was let through at one moment as one that left at another."""
        with contextlib.suppress(ValueError):  # it may have been forgotten by now
            self.sent_s.remove(from_s)
        self.sent_s.append(to_s)

    def learn(self, limits: RateLimits, now_s: float) -> None:
        """Take up what an answer said. The open requests are not counted in it yet."""
        self.changed.set()
        if limits.limit is not None:
            self.limit = limits.limit
        if limits.remaining is None or limits.resets_in_s is None:
            return
        left = limits.remaining - self.in_flight
        if self.left is not None and now_s < self.left_until_s:
            left = min(left, self.left)
        self.left, self.left_until_s = left, now_s + limits.resets_in_s


class Passage:
    """A request that was let through."""

    def __init__(self, lane: _Lane, clock: Clock, *, images: int) -> None:
        self._lane = lane
        self._clock = clock
        self._images = images
        self._counted_s = clock.monotonic()
        lane.let_through(self._counted_s, images=images)

    def leaves_now(self) -> None:
        """Say that the request was held up elsewhere and leaves only now."""
        now_s = self._clock.monotonic()
        for _ in range(self._images):
            self._lane.move(self._counted_s, now_s)
        self._counted_s = now_s

    def learn(self, limits: RateLimits) -> None:
        """Take up what the request's answer said of the account's limits."""
        self._lane.in_flight -= self._images
        self._lane.learn(limits, self._clock.monotonic())
        self._lane.in_flight += self._images

    def close_lane(self, *, for_s: float) -> None:
        """Let nothing more of the model through for a while, as a 429 asked."""
        until_s = self._clock.monotonic() + for_s
        self._lane.closed_until_s = max(self._lane.closed_until_s, until_s)


class RateLimiter:
    """Lets requests through as fast as the API takes them.

    Args:
        clock: time.
        images_per_minute: the limit until an answer says otherwise.
        longest_wait_s: a request that would have to wait longer is refused.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        images_per_minute: int = DEFAULT_IMAGES_PER_MINUTE,
        longest_wait_s: float = 300.0,
    ) -> None:
        self._clock = clock
        self._images_per_minute = images_per_minute
        self._longest_wait_s = longest_wait_s
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def passage(self, lane_name: str, *, images: int = 1) -> AsyncIterator[Passage]:
        """Wait for the turn of a request, and count it as open until the end.

        Raises:
            RateLimited: if its turn is too far off.
        """
        lane = self._lanes.setdefault(lane_name, _Lane(self._images_per_minute))
        gives_up_s = self._clock.monotonic() + self._longest_wait_s
        async with lane.turn:
            await self._until_open(lane, gives_up_s, images)
            passage = Passage(lane, self._clock, images=images)
        try:
            yield passage
        finally:
            lane.in_flight -= images

    def tokens(self) -> Mapping[str, int]:
        """How many images each lane that was used would let through now."""
        now_s = self._clock.monotonic()
        return {name: lane.tokens(now_s) for name, lane in self._lanes.items()}

    async def _until_open(self, lane: _Lane, gives_up_s: float, images: int) -> None:
        while wait_s := lane.wait_s(self._clock.monotonic(), images=images):
            if self._clock.monotonic() + wait_s > gives_up_s:
                raise RateLimited(
                    message="the account's rate limit is used up", retry_after_s=wait_s
                )
            lane.changed.clear()
            await wait_at_most(lane.changed, self._clock, wait_s)
