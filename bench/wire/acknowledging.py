"""How soon interactions are acknowledged while pictures are being delivered."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bench.report import Row
from bench.wire.house import Asked, House, Work
from bench.wire.picture import grain
from bench.wire.rounds import both_ways, percentile, spread, turns

DELIVERIES = 20
"""So many edits are on their way at a time: Discord answers each only after a while."""

_PICTURE_BYTES = 262_144
_GOALS = {50: 1.3, 99: 1.5}
_MS = 1_000


@dataclass(slots=True)
class _Taken:
    seconds: list[float] = field(default_factory=list)
    rounds: list[list[float]] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    asked: int = 0


async def measure(*, per_second: int, seconds: float, rounds: int) -> list[Row]:
    """Rows for the median and the slowest hundredth, at so many interactions a second."""
    taken = [_Taken(), _Taken()]
    async with AsyncExitStack() as stack:
        edit_s = DELIVERIES / per_second
        houses = await both_ways(stack, grain(_PICTURE_BYTES), edit_s=edit_s)
        for turn in turns(rounds):
            before = Work.so_far(houses[turn])
            asked = await _asked(houses[turn], per_second=per_second, seconds=seconds)
            for each in asked:
                await houses[turn].painted(each)
            taken[turn].work.append(Work.so_far(houses[turn]).since(before))
            taken[turn].rounds.append([each.acknowledged_s for each in asked])
            taken[turn].seconds += taken[turn].rounds[-1]
    return [_row(percent, *taken, per_second=per_second) for percent in _GOALS]


async def _asked(house: House, *, per_second: int, seconds: float) -> list[Asked]:
    loop = asyncio.get_running_loop()
    began, asked = loop.time(), []
    for number in range(round(per_second * seconds)):
        await asyncio.sleep(began + number / per_second - loop.time())
        asked.append(await house.ask())
    return asked


def _row(percent: int, bot: _Taken, floor: _Taken, *, per_second: int) -> Row:
    ours, least = percentile(bot.seconds, percent), percentile(floor.seconds, percent)
    ratios = [
        percentile(one, percent) / percentile(other, percent)
        for one, other in zip(bot.rounds, floor.rounds, strict=True)
    ]
    return Row(
        name=f"acknowledged at {per_second}/s, {DELIVERIES} deliveries in flight, "
        f"p{percent}, bot ÷ floor",
        value=ours / least,
        unit="×",
        goal=_GOALS[percent],
        context=f"{_MS * ours:.2f} ms and {_MS * least:.2f} ms of {len(bot.seconds)} each; "
        f"{spread(ratios)}; {_busy(bot)} and {_busy(floor)}",
    )


def _busy(taken: _Taken) -> str:
    wall_s = sum(each.wall_s for each in taken.work)
    bot, servers = (
        sum(times) / wall_s
        for times in zip(
            *((each.bot_cpu_s, each.servers_cpu_s) for each in taken.work), strict=True
        )
    )
    return f"bot busy {bot:.0%}, servers {servers:.0%}"
