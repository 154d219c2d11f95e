"""How many pictures a second one process takes from command to message, where Venice is at once."""

import asyncio
from contextlib import AsyncExitStack

from bench.report import Row
from bench.wire.house import House, Work
from bench.wire.picture import grain
from bench.wire.rounds import both_ways, spread, turns

AT_ONCE = 20

_PICTURE_BYTES = 262_144
_GOAL = 0.6
_MS = 1_000


async def measure(*, pictures: int, rounds: int) -> list[Row]:
    """A row for a steady number of requests, the next sent as one has its picture."""
    work: list[list[Work]] = [[], []]
    async with AsyncExitStack() as stack:
        houses = await both_ways(stack, grain(_PICTURE_BYTES))
        for turn in turns(rounds):
            before = Work.so_far(houses[turn])
            await _paint(houses[turn], pictures)
            work[turn].append(Work.so_far(houses[turn]).since(before))
    bot, floor = (pictures * rounds / sum(each.wall_s for each in way) for way in work)
    ratios = [theirs.wall_s / ours.wall_s for ours, theirs in zip(*work, strict=True)]
    return [
        Row(
            name=f"pictures a second, {AT_ONCE} requests at a time, bot ÷ floor",
            value=bot / floor,
            unit="×",
            goal=_GOAL,
            context=f"{bot:.1f} and {floor:.1f} a second of {pictures * rounds} each; "
            f"{spread(ratios)}; a picture takes {_cost(work[0], pictures)} and "
            f"{_cost(work[1], pictures)}",
            at_least=True,
        )
    ]


async def _paint(house: House, pictures: int) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with places:
            await house.painted(await house.ask())

    async with asyncio.TaskGroup() as group:
        for _ in range(pictures):
            group.create_task(one())


def _cost(work: list[Work], pictures: int) -> str:
    count = pictures * len(work)
    bot = _MS * sum(each.bot_cpu_s for each in work) / count
    servers = _MS * sum(each.servers_cpu_s for each in work) / count
    return f"{bot:.2f} ms of the bot's processor and {servers:.2f} ms of the servers'"
