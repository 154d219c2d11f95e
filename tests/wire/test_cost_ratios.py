"""The bot beside the leanest bot there can be: no goals, which `make bench` holds, but collapses.

Processor time and medians of the two in turns, in one short run, so that what else the machine
does falls on both. The bounds are a multiple of what was measured (docs/benchmarks.md).
"""

import asyncio
import statistics
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bench.wire.house import House
from bench.wire.picture import grain
from bench.wire.rounds import both_ways, turns

PICTURE_BYTES = 262_144
ROUNDS = 2
AT_ONCE = 20
ONE_BY_ONE = 10

MOST_PROCESSOR_TIME = 25
"""It takes some 11 times the floor's."""
MOST_DELIVERING = 25
"""It takes some 6 times as long from Venice's last byte to the message."""
MOST_ACKNOWLEDGING = 12
"""It takes some 2 times as long to acknowledge."""


@dataclass
class Taken:
    processor_s: float = 0.0
    delivered_s: list[float] = field(default_factory=list)
    acknowledged_s: list[float] = field(default_factory=list)


async def test_a_picture_costs_no_multiple_of_what_it_did() -> None:
    bot, floor = await taken_in_turns()

    assert 0 < bot.processor_s < MOST_PROCESSOR_TIME * floor.processor_s
    for most, ours, least in (
        (MOST_DELIVERING, bot.delivered_s, floor.delivered_s),
        (MOST_ACKNOWLEDGING, bot.acknowledged_s, floor.acknowledged_s),
    ):
        assert statistics.median(ours) < most * statistics.median(least)


async def taken_in_turns() -> tuple[Taken, Taken]:
    bot, floor = Taken(), Taken()
    async with AsyncExitStack() as stack:
        houses = await both_ways(stack, grain(PICTURE_BYTES))
        for turn in turns(ROUNDS):
            await measure(houses[turn], (bot, floor)[turn])
    return bot, floor


async def measure(house: House, taken: Taken) -> None:
    before_s = house.bot_cpu_s
    asked = [await house.ask() for _ in range(AT_ONCE)]
    await asyncio.gather(*(house.painted(each) for each in asked))
    taken.processor_s += house.bot_cpu_s - before_s
    for _ in range(ONE_BY_ONE):
        one = await house.ask()
        posted_at = await house.painted(one)
        taken.delivered_s.append(posted_at - house.venice.answered_at[one.prompt])
        # The loop's clock tells milliseconds.
        taken.acknowledged_s.append(max(0.001, one.acknowledged_s))
