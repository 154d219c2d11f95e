"""The bell that those who write a job ring, and the worker pool hears."""

import asyncio


class WorkBell:
    """Rung when there may be a job to take; it stays rung until somebody looks."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    @property
    def is_rung(self) -> bool:
        """Whether it was rung since somebody last looked."""
        return self._rung.is_set()

    def ring(self) -> None:
        """Say that there may be a job to take."""
        self._rung.set()

    def hush(self) -> None:
        """Say that somebody looks now."""
        self._rung.clear()

    async def wait(self) -> None:
        """Wait until it is rung."""
        await self._rung.wait()
