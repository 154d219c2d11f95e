"""A battle's picture waits for the other; what the rules forbid meanwhile is not shown."""

from typing import Any

import pytest

from bot.domain.gate.policy import PolicySnapshot
from bot.services.battles.ending import BattleEnding
from bot.services.gate.again import is_still_allowed
from tests.services.gate_paths import MODEL, Stage
from tests.services.house import House, make_place
from tests.services.test_gate_on_every_path import cases

OF_SHOWING = {
    name: case.policy for name, case in cases(MODEL).items() if Stage.SHOWING in case.stages
}


@pytest.mark.parametrize("name", [*OF_SHOWING, "mark lost"])
async def test_a_survivor_of_a_battle_is_judged_once_more(house: House, name: str) -> None:
    loose = PolicySnapshot(safe_mode=False)
    house.policies.policy = loose if name == "mark lost" else PolicySnapshot()
    asked = await house.ask(make_place(), prompt="a wicked fox")
    await house.finish()
    job, nothing = await house.job(asked), Any
    ending = BattleEnding(
        storage=house.database,
        messenger=nothing,  # type: ignore[arg-type] # not asked for a single picture
        results=house.messenger,
        pictures=house.pictures,
        policies=house.policies,
        styles=house.styles,
        clock=house.clock,
    )
    before = len(house.messenger.shown)
    assert is_still_allowed(house.policies, job, job.images[0])

    house.policies.policy = OF_SHOWING.get(name, PolicySnapshot())
    await ending._show_alone(job)

    assert len(house.messenger.shown) == before
    assert not is_still_allowed(house.policies, job, job.images[0])
