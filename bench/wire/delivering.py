"""How long it is from Venice's last byte to the picture in its message."""

import statistics
from contextlib import AsyncExitStack
from itertools import chain

from bench.report import Row
from bench.wire.house import House
from bench.wire.picture import MIB, grain
from bench.wire.rounds import both_ways, spread, turns

_GOAL = 1.2
_MS = 1_000


async def measure(*, pictures: int, rounds: int, size_bytes: int = MIB) -> list[Row]:
    """A row for pictures that come one at a time."""
    taken_s: list[list[list[float]]] = [[], []]
    async with AsyncExitStack() as stack:
        houses = await both_ways(stack, grain(size_bytes))
        for turn in turns(rounds):
            taken_s[turn].append([await _delivered_s(houses[turn]) for _ in range(pictures)])
    medians = [[statistics.median(each) for each in way] for way in taken_s]
    bot, floor = (statistics.median(chain.from_iterable(way)) for way in taken_s)
    ratios = [one / other for one, other in zip(*medians, strict=True)]
    return [
        Row(
            name=f"Venice's last byte to the message, {size_bytes / MIB:g} MiB, bot ÷ floor",
            value=bot / floor,
            unit="×",
            goal=_GOAL,
            context=f"medians of {pictures * rounds}: {_MS * bot:.2f} ms and "
            f"{_MS * floor:.2f} ms; {spread(ratios)}",
        )
    ]


async def _delivered_s(house: House) -> float:
    asked = await house.ask()
    posted_at = await house.painted(asked)
    return posted_at - house.venice.answered_at[asked.prompt]
