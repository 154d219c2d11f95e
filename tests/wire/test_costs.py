"""What pictures cost the bot as a process, by counts and by their own size."""

import asyncio
from collections import Counter

from bench.wire.house import Way, open_house
from bench.wire.picture import MIB, grain
from tests.wire.discord.faults import CALLBACK

REQUESTS = 20
IMAGES = 4
PICTURE_BYTES = 2 * MIB


async def test_pictures_on_their_way_are_not_held_in_memory() -> None:
    async with open_house(Way.BOT, grain(PICTURE_BYTES)) as house:
        before_bytes = house.bot.peak_memory_bytes
        served = len(house.discord.served)
        asked = [await house.ask(IMAGES) for _ in range(REQUESTS)]
        await asyncio.gather(*(house.painted(each) for each in asked))
        grown_bytes = house.bot.peak_memory_bytes - before_bytes
        calls = Counter(each.route for each in house.discord.served[served:])

    assert grown_bytes < 0.7 * REQUESTS * IMAGES * PICTURE_BYTES
    assert calls[CALLBACK] == REQUESTS
