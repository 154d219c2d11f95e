"""The most memory a process has while many requests with large pictures are on their way."""

import asyncio
from contextlib import AsyncExitStack

from bench.report import Row
from bench.wire.house import MOST_AT_ONCE, House, Way, open_house
from bench.wire.picture import MIB, grain

_GOAL_MB = 300.0
_MB = 1_000_000


async def measure(*, requests: int, images: int, size_mib: int) -> list[Row]:
    """A row each for the bot and the floor, which holds what it downloads."""
    picture = grain(size_mib * MIB)
    name = f"peak memory, {requests} requests × {images} images × {size_mib} MiB at once"
    rows = []
    for way, goal in ((Way.BOT, _GOAL_MB), (Way.FLOOR, None)):
        async with AsyncExitStack() as stack:
            house = await stack.enter_async_context(open_house(way, picture))
            before_mb = house.bot.peak_memory_bytes / _MB
            await _paint(house, requests, images)
            peak_mb = house.bot.peak_memory_bytes / _MB
            context = f"{before_mb:.0f} MB after twenty single pictures"
            if way is Way.BOT:
                context += f"; at most {MOST_AT_ONCE} of the images are painted at a time"
            rows.append(Row(f"{name}, {way.name.lower()}", peak_mb, "MB", goal, context))
    return rows


async def _paint(house: House, requests: int, images: int) -> None:
    asked = [await house.ask(images) for _ in range(requests)]
    await asyncio.gather(*(house.painted(each) for each in asked))
