"""Tools enter by the door of paintings: its limits hold for them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import BudgetReached
from bot.domain.jobs.admission import AdmissionLimits, AskedTooSoon, OwnQueueFull
from tests.services.house import make_limits, make_place, open_house
from tests.services.test_tools import ask, brought
from tests.tool_values import make_edit

ONE_AT_A_TIME = AdmissionLimits(jobs=10, jobs_of_member=1)
PAUSING = AdmissionLimits(jobs=10, jobs_of_member=10, pause=timedelta(seconds=20))


async def test_a_tool_waits_in_the_members_own_queue(tmp_path: Path) -> None:
    async with open_house(tmp_path, admission=ONE_AT_A_TIME) as house:
        await house.ask(make_place(), key="painting")
        source = await brought(house)

        with pytest.raises(OwnQueueFull):
            await ask(house, make_edit(source=source))


async def test_who_was_turned_away_is_told_so_from_memory(tmp_path: Path) -> None:
    async with open_house(tmp_path, admission=PAUSING) as house:
        edit = make_edit(source=await brought(house))
        await ask(house, edit, key="first")
        with pytest.raises(AskedTooSoon):
            await ask(house, edit, key="second")

        with pytest.raises(AskedTooSoon):
            house.tools.plan(edit, make_place())
        house.clock.move(20)
        house.tools.plan(edit, make_place())


async def test_no_model_that_only_paints_is_named_where_an_edit_is_too_dear(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, limits=make_limits(bot_usd_micros=50_000)) as house:
        edit = make_edit(source=await brought(house))

        with pytest.raises(BudgetReached) as refused:
            await ask(house, edit)

        assert refused.value.fitting_images == 0
        assert refused.value.cheaper == ()
