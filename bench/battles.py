"""What ratings take after many battles: `python -m bench.battles [BATTLES]`.

One SQLite file with ten thousand closed battles of one server unless told otherwise, between a
hundred styles. Printed are medians.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.battles.battle import Battle, BattleState, Count
from bot.domain.battles.rating import Evidence, folded
from bot.domain.ids import BattleId, ChannelId, GuildId, UserId
from bot.domain.ranking.bradley_terry import Battle as Meeting
from bot.domain.ranking.bradley_terry import Ratings, fit, most_telling_pair
from bot.storage.database import Database

BATTLES = 10_000
STYLES = tuple(f"preset:Style {number}" for number in range(100))
SERVER = GuildId(1)
START = datetime(2026, 5, 21, 12, tzinfo=UTC)
ROUNDS = 15
_BATCH = 500


def battle(number: int, chance: random.Random) -> Battle:
    """A closed battle of two styles, with a few votes."""
    style_a, style_b = chance.sample(STYLES, 2)
    votes_a, votes_b = chance.randrange(20), chance.randrange(20)
    return Battle(
        id=BattleId(f"{number}"),
        guild_id=SERVER,
        channel_id=ChannelId(1),
        starter_id=UserId(1),
        locale="en-US",
        prompt="",
        style_a=style_a,
        style_b=style_b,
        minutes=60,
        votes_wanted=None,
        created_at=START,
        state=BattleState.CLOSED,
        closed_at=START + timedelta(minutes=number),
        count=Count(votes_a, votes_b, 1_000 * votes_a, 1_000 * votes_b),
    )


async def filled(database: Database, count: int) -> None:
    """Write so many battles."""
    chance = random.Random(1)  # noqa: S311 - a figure that can be repeated
    for first in range(0, count, _BATCH):
        async with database.write() as tx:
            for number in range(first, min(first + _BATCH, count)):
                await tx.battles.add(battle(number, chance))


async def read(database: Database) -> list[Evidence]:
    """What a server's battles say."""
    async with database.read() as tx:
        return list(await tx.battles.evidence(SERVER))


def fitted(found: tuple[Evidence, ...]) -> Ratings[str]:
    """The ratings, not remembered from the last time."""
    meetings = [
        Meeting(each.first, each.second, each.for_first / total, total / 1_000)
        for each in found
        if (total := each.for_first + each.for_second)
    ]
    return fit(STYLES, meetings)


def median_ms(work: Callable[[], object]) -> float:
    """How long something takes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1_000 * (time.perf_counter() - start))
    return statistics.median(times)


async def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else BATTLES
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'battles.db'}"
        async with Database.open(url) as database:
            await filled(database, count)
            times, found = [], list[Evidence]()
            for _ in range(ROUNDS):
                start = time.perf_counter()
                found = await read(database)
                times.append(1_000 * (time.perf_counter() - start))
    pairs = folded(found)
    ratings = fitted(pairs)
    print(f"{count} battles, {len(pairs)} pairs of {len(STYLES)} styles")
    print(f"read and summed by pair  {statistics.median(times):6.1f} ms")
    print(f"folded                   {median_ms(lambda: folded(found)):6.1f} ms")
    print(f"fitted                   {median_ms(lambda: fitted(pairs)):6.1f} ms")
    print(f"most telling pair        {median_ms(lambda: most_telling_pair(ratings)):6.1f} ms")


if __name__ == "__main__":
    asyncio.run(main())
