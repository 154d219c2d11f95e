"""Two ways in turns, A B B A, so that what else the machine does falls on both."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack

from bench.wire.house import House, Way, open_house


async def both_ways(stack: AsyncExitStack, picture: bytes, *, edit_s: float = 0) -> list[House]:
    """The bot and the floor, both running; the one whose turn it is not waits idly."""
    return [
        await stack.enter_async_context(open_house(way, picture, edit_s=edit_s))
        for way in (Way.BOT, Way.FLOOR)
    ]


def turns(rounds: int, ways: int = 2) -> Iterator[int]:
    """Whose turn it is: each round is A B, the next B A."""
    for number in range(rounds):
        yield from range(ways) if number % 2 == 0 else reversed(range(ways))


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def spread(ratios: Sequence[float]) -> str:
    """The least and the greatest of the rounds' ratios."""
    return f"rounds from {min(ratios):.2f} to {max(ratios):.2f}"
