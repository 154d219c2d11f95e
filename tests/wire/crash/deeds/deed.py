"""What members do beside painting, again and again until the bot is killed."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from tests.wire.crash.asked import Asked
from tests.wire.discord import NothingHappened, NotOffered

LONGEST_PAUSE_S = 0.25
MOST_STEPS = 15
"""Of one deed in a run, however long the run waits for its anchor."""


class Deed(Protocol):
    """One subject. What was done is kept, so that an audit can ask what became of it."""

    asked: list[Asked]

    async def begin(self) -> None:
        """Set the server up, before the first run."""

    async def go_on(self, chance: random.Random) -> None:
        """Do one more thing.

        Raises:
            NotOffered: if what was to be pressed has gone meanwhile.
            NothingHappened: if the bot did not answer in time.
        """


@contextmanager
def going_on(deeds: Sequence[Deed], chance: random.Random) -> Iterator[None]:
    """All of them at once, until the end of the block."""
    tasks = [asyncio.create_task(_again_and_again(deed, chance)) for deed in deeds]
    try:
        yield
    finally:
        ended = [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
    for task in ended:
        task.result()


async def _again_and_again(deed: Deed, chance: random.Random) -> None:
    for _ in range(MOST_STEPS):
        await asyncio.sleep(chance.uniform(0, LONGEST_PAUSE_S))
        try:
            await deed.go_on(chance)
        except (NotOffered, NothingHappened):
            continue  # The bot is busy, or was faster.
