"""A start with many jobs behind it beside one with none: no goal, which `make bench` holds."""

from bench.wire import starting

JOBS = 5_000
MOST = 3.0
"""It takes as long with a million as with none (docs/benchmarks.md)."""


async def test_a_start_takes_no_multiple_with_many_jobs_behind_it() -> None:
    [row] = await starting.measure(jobs=JOBS, rounds=2)

    assert 0 < row.value < MOST
