import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.seeds import HIGHEST_SEED, LOWEST_SEED, consecutive_seeds, wished_seed
from bot.domain.errors import SeedOutOfRange

seeds = st.integers(LOWEST_SEED, HIGHEST_SEED)


@pytest.mark.parametrize("seed", [None, 0])
def test_no_seed_and_zero_mean_a_random_one(seed: int | None) -> None:
    assert wished_seed(seed) is None


@pytest.mark.parametrize("seed", [1, -1, LOWEST_SEED, HIGHEST_SEED])
def test_a_seed_within_the_limits_is_the_members(seed: int) -> None:
    assert wished_seed(seed) == seed


@pytest.mark.parametrize("seed", [LOWEST_SEED - 1, HIGHEST_SEED + 1, 10**30])
def test_a_seed_beyond_the_limits_is_an_error_that_names_them(seed: int) -> None:
    with pytest.raises(SeedOutOfRange) as refused:
        wished_seed(seed)
    error = refused.value
    assert (error.seed, error.lowest, error.highest) == (seed, LOWEST_SEED, HIGHEST_SEED)


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [
        (7, 4, (7, 8, 9, 10)),
        (-2, 4, (-2, -1, 1, 2)),
        (0, 2, (1, 2)),
        (HIGHEST_SEED, 3, (HIGHEST_SEED, LOWEST_SEED, LOWEST_SEED + 1)),
        (7, 1, (7,)),
        (7, 0, ()),
    ],
)
def test_seeds_follow_each_other_wrap_at_the_limit_and_leave_out_zero(
    first: int, count: int, expected: tuple[int, ...]
) -> None:
    assert consecutive_seeds(first, count) == expected


@given(first=seeds, count=st.integers(0, 40))
def test_consecutive_seeds_are_distinct_and_all_taken_by_the_api(first: int, count: int) -> None:
    drawn = consecutive_seeds(first, count)

    assert len(set(drawn)) == len(drawn) == count
    assert all(wished_seed(seed) == seed for seed in drawn)
