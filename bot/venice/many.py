"""Several pictures of one request: one call a seed, each given on the moment it is there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from bot.domain.asking.seeds import consecutive_seeds
from bot.venice.answers import ImageAnswer
from bot.venice.wire.generate import GenerateImageRequest


@dataclass(frozen=True, slots=True)
class Arrival:
    """One of the pictures, or why it is not there.

    Attributes:
        index: its place in the order of seeds, from 0.
        seed: what it was painted by.
        outcome: the picture, or the error.
    """

    index: int
    seed: int
    outcome: ImageAnswer | Exception

    def answer(self) -> ImageAnswer:
        """The picture. Whoever takes it closes its body.

        Raises:
            VeniceError: why it is not there.
        """
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Arrivals:
    """The pictures in the order of their arrival."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._arrived: asyncio.Queue[Arrival] = asyncio.Queue()

    def __aiter__(self) -> AsyncIterator[Arrival]:
        return self

    async def __anext__(self) -> Arrival:
        if self._left == 0:
            raise StopAsyncIteration
        arrival = await self._arrived.get()
        self._left -= 1
        return arrival

    def add(self, arrival: Arrival) -> None:
        """Give one on."""
        self._arrived.put_nowait(arrival)

    async def close_unclaimed(self) -> None:
        """Let go of the pictures that nobody took."""
        while not self._arrived.empty():
            outcome = self._arrived.get_nowait().outcome
            if isinstance(outcome, ImageAnswer):
                await outcome.body.aclose()


@contextlib.asynccontextmanager
async def arriving(
    generate: Callable[[GenerateImageRequest], Awaitable[ImageAnswer]],
    request: GenerateImageRequest,
    count: int,
) -> AsyncIterator[Arrivals]:
    """Paint `count` pictures from the request's seed upwards; leaving cancels the rest.

    Raises:
        ValueError: if the request has no seed to begin with, or `count` is less than 1.
    """
    if request.seed is None or count < 1:
        raise ValueError("several pictures need a first seed, and a count of at least 1")
    arrivals = Arrivals(count)

    async def paint(index: int, seed: int) -> None:
        outcome: ImageAnswer | Exception
        try:
            outcome = await generate(request.model_copy(update={"seed": seed}))
        except Exception as error:  # noqa: BLE001 - raised where the picture is asked for
            outcome = error
        arrivals.add(Arrival(index, seed, outcome))

    tasks = [
        asyncio.create_task(paint(index, seed), name=f"seed {seed}")
        for index, seed in enumerate(consecutive_seeds(request.seed, count))
    ]
    # No task group: it would wrap what the caller's own block raises.
    try:
        yield arrivals
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await arrivals.close_unclaimed()
