"""The bot is ended in the midst of its work, and owes nobody anything afterwards."""

from pathlib import Path

from tests.wire.crash.plan import draw_plan
from tests.wire.crash.voyage import open_voyage

SEED = 5
JOBS = 15
RUNS = range(2)
TOLD_TO_STOP = 1


async def test_ended_at_any_moment_the_bot_loses_nothing(tmp_path: Path) -> None:
    jobs = 0
    async with open_voyage(tmp_path, seed=SEED, jobs=JOBS) as voyage:
        async for run in voyage.sail(RUNS, told_to_stop={TOLD_TO_STOP}):
            assert run.findings.broken == [], run
            jobs += run.findings.jobs

    assert "lost" not in run.findings.images, "told to stop, it ends what runs"
    assert jobs > 0, "nothing was asked for"


def test_a_run_is_planned_by_its_seed_alone() -> None:
    assert draw_plan(SEED, 1) == draw_plan(SEED, 1)
    assert draw_plan(SEED, 1) != draw_plan(SEED, 2)
