"""Scales and series of charts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chart import Series, largest, scale

amounts = st.floats(min_value=1e-6, max_value=1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (7, (0, 2, 4, 6, 8)),
        (45, (0, 10, 20, 30, 40, 50)),
        (113, (0, 25, 50, 75, 100, 125)),
    ],
)
def test_a_scale_of_whole_numbers_is_round(most: int, marks: tuple[int, ...]) -> None:
    assert scale(most, whole=True) == marks


def test_a_scale_of_dollars_may_be_finer() -> None:
    assert scale(0.09, whole=False) == pytest.approx((0, 0.02, 0.04, 0.06, 0.08, 0.1))


@given(most=amounts)
def test_a_scale_reaches_what_it_is_for_and_little_beyond(most: float) -> None:
    marks = scale(most, whole=False)

    assert marks[-1] >= most * (1 - 1e-6)
    assert marks[-2] < most
    assert len(marks) <= 7


@given(most=st.integers(1, 10**9))
def test_a_whole_scale_is_evenly_spaced_and_whole(most: int) -> None:
    marks = scale(most, whole=True)

    assert all(mark == int(mark) for mark in marks)
    assert len({later - earlier for earlier, later in pairwise(marks)}) == 1
    assert marks[-1] >= most


def test_the_largest_series_keep_their_names_and_the_rest_share_one() -> None:
    series = [Series(name, (size, 1.0)) for name, size in (("a", 1), ("b", 9), ("c", 3), ("d", 2))]

    assert largest(series, 2, others="others") == (
        Series("b", (9, 1)),
        Series("c", (3, 1)),
        Series("others", (3, 2)),
    )
    assert [each.name for each in largest(series, 4, others="others")] == ["b", "c", "d", "a"]
