"""Turns between images: a job of four does not hold up another member's only one."""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.domain.jobs.job import Job, JobImage
from bot.domain.jobs.turns import REMEMBERED_FOR, Flow, Waiting, in_turn
from bot.services.ports import Clock


@dataclass(frozen=True, slots=True)
class _Start:
    at_s: float
    flow: Flow


class ImageTurns:
    """Lets `at_once` images be painted at a time, by the same rule as jobs are taken."""

    def __init__(self, *, at_once: int, clock: Clock) -> None:
        self._free = at_once
        self._clock = clock
        self._waiting: dict[str, tuple[Waiting, asyncio.Future[None]]] = {}
        self._started: deque[_Start] = deque()
        self._given: Counter[Flow] = Counter()

    @contextlib.asynccontextmanager
    async def turn(self, job: Job, image: JobImage) -> AsyncIterator[None]:
        """Wait until it is this image's turn, and hold it."""
        await self._begin(job, image)
        try:
            yield
        finally:
            self._free += 1
            self._let_in()

    async def _begin(self, job: Job, image: JobImage) -> None:
        flow = Flow(job.origin.guild_id, job.origin.user_id)
        # By the job's age, then by position: an image's own id says nothing of its order.
        key = f"{job.id}/{image.position}"
        waiting = Waiting(id=key, flow=flow, images=1, since=job.created_at)
        admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[key] = waiting, admitted
        self._let_in()
        try:
            await admitted
        except asyncio.CancelledError:
            if self._waiting.pop(key, None) is None:
                # It was let in while it was being cancelled: somebody else can have the place.
                self._free += 1
                self._let_in()
            raise

    def _let_in(self) -> None:
        """Give every free place to whose turn it is."""
        self._forget()
        while self._free:
            willing = [
                waiting for waiting, admitted in self._waiting.values() if not admitted.done()
            ]
            if not willing:
                return
            first = in_turn(willing, self._given)[0]
            _, admitted = self._waiting.pop(first.id)
            self._free -= 1
            self._given[first.flow] += 1
            self._started.append(_Start(self._clock.monotonic(), first.flow))
            admitted.set_result(None)

    def _forget(self) -> None:
        forgotten_s = self._clock.monotonic() - REMEMBERED_FOR.total_seconds()
        while self._started and self._started[0].at_s <= forgotten_s:
            flow = self._started.popleft().flow
            self._given[flow] -= 1
            if not self._given[flow]:
                del self._given[flow]
