"""Waiting for something to happen elsewhere, woken by changes and never by sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")


class NothingHappened(AssertionError):
    """What a test waited for did not come about in time; the message says what was there."""


class Changes:
    """Wakes everybody who waits whenever what they look at may have changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def announce(self) -> None:
        """Say that something changed."""
        happened, self._next = self._next, asyncio.Event()
        happened.set()

    async def until(
        self,
        probe: Callable[[], _Found | None],
        *,
        timeout_s: float,
        otherwise: Callable[[], str],
    ) -> _Found:
        """Wait until `probe` finds something.

        Args:
            probe: looks at the state; None means not yet.
            timeout_s: how long to wait at most.
            otherwise: the words of the failure, asked for when the time is over.

        Raises:
            NothingHappened: if the time is over.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while (found := probe()) is None:
                    await self._next.wait()
                return found
        except TimeoutError:
            raise NothingHappened(f"Within {timeout_s} s {otherwise()}") from None
