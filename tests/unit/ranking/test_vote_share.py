import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking.vote_share import lower_bound

votes = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("in_favour", "against", "bound"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I,
        # method 3: 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
        (81, 182, 0.2553),
        (15, 133, 0.0624),
        (0, 20, 0.0),
        (1, 28, 0.0061),
    ],
)
def test_published_bounds(in_favour: int, against: int, bound: float) -> None:
    assert lower_bound(in_favour, against) == pytest.approx(bound, abs=5e-5)


def test_few_votes_do_not_win() -> None:
    assert lower_bound(2, 0) < lower_bound(90, 10)


def test_nobody_has_voted() -> None:
    assert lower_bound(0, 0) == 0


def test_fewer_than_no_votes_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        lower_bound(-1, 3)


@given(votes, votes)
def test_a_vote_in_favour_never_harms_and_one_against_never_helps(
    in_favour: int, against: int
) -> None:
    now = lower_bound(in_favour, against)
    assert 0 <= now <= 1
    assert lower_bound(in_favour + 1, against) >= now
    assert lower_bound(in_favour, against + 1) <= now + 1e-12
