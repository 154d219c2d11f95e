"""The bot is ended in the midst of its work, and owes nobody anything afterwards."""

from pathlib import Path

from tests.wire.crash.voyage import draw_plan, open_voyage

SEED = 5
RUNS = range(3)
TOLD_TO_STOP = 2


async def test_ended_at_any_moment_the_bot_loses_nothing(tmp_path: Path) -> None:
    at_end: set[str] = set()
    async with open_voyage(tmp_path, seed=SEED) as voyage:
        async for run in voyage.sail(RUNS, told_to_stop={TOLD_TO_STOP}):
            assert run.findings.broken == [], run
            assert run.findings.jobs > 0
            at_end |= run.jobs_at_kill.keys()

    assert run.findings.images.keys() == {"delivered"}, "told to stop, it ends what runs"
    assert len(at_end) > 1, "every run was ended with its jobs in the same state"


def test_a_run_is_planned_by_its_seed_alone() -> None:
    assert draw_plan(SEED, 1) == draw_plan(SEED, 1)
    assert draw_plan(SEED, 1) != draw_plan(SEED, 2)
