"""What battles say of styles."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.battles.battle import BattleState, Count, Side
from bot.domain.battles.rating import (
    CORRELATION,
    Evidence,
    Standing,
    evidence_of,
    folded,
    inherited,
    margin_points,
    points,
    rated,
    shifts_of,
)
from bot.domain.ranking.bradley_terry import Rating, fit, most_telling_pair
from tests.unit.battles.test_battle import make_battle

counts = st.builds(
    Count,
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50_000),
    st.integers(0, 50_000),
)
pairs = st.lists(
    st.builds(
        lambda pair, one, other: Evidence(pair[0], pair[1], one, other),
        st.sampled_from(list(itertools.permutations("abcd", 2))),
        st.integers(0, 3_000),
        st.integers(0, 3_000),
    ),
    max_size=12,
)


@given(counts)
def test_a_battle_says_at_most_as_much_as_five_votes_and_keeps_their_shares(count: Count) -> None:
    for_a, for_b = evidence_of(count)
    weight = count.weight_a + count.weight_b

    assert 0 <= for_a + for_b <= min(weight, round(1_000 / CORRELATION))
    if weight:
        assert for_a == pytest.approx((for_a + for_b) * count.weight_a / weight, abs=1)


def test_one_vote_is_one_meeting_and_more_of_them_say_less_each() -> None:
    assert evidence_of(Count(1, 0, 1_000, 0)) == (1_000, 0)
    assert evidence_of(Count(1, 1, 500, 500)) == (500, 500)
    assert evidence_of(Count(11, 0, 11_000, 0)) == (3_667, 0)
    assert evidence_of(Count()) == (0, 0)


@settings(max_examples=40)
@given(pairs)
def test_folding_changes_no_rating(found: list[Evidence]) -> None:
    apart = rated(found, "abcd")
    together = rated(folded(found), "abcd")

    for style in "abcd":
        one, other = apart.by_player[style], together.by_player[style]
        assert one.value == pytest.approx(other.value, abs=1e-6)
        assert one.deviation == pytest.approx(other.deviation, abs=1e-6)
    assert folded(found[::-1]) == folded(found)


def test_the_winner_rises_by_as_much_as_the_loser_falls() -> None:
    battle = make_battle(state=BattleState.CLOSED, count=Count(3, 1, 3_000, 1_000))
    shifts = shifts_of(battle, [], {})

    risen = points(shifts[Side.A].after) - points(shifts[Side.A].before)
    assert points(shifts[Side.A].before) == 1_500
    assert risen > 0
    assert points(shifts[Side.B].after) == 1_500 - risen
    assert margin_points(shifts[Side.A].after) < margin_points(shifts[Side.A].before)
    with pytest.raises(ValueError, match="open"):
        shifts_of(replace(battle, state=BattleState.OPEN), [], {})


@settings(max_examples=40)
@given(pairs)
def test_a_merged_style_has_its_heirs_battles_and_none_against_itself(
    found: list[Evidence],
) -> None:
    as_one = inherited(found, {"a": "b"})
    counted = [each for each in found if {each.first, each.second} != {"a", "b"}]

    assert "a" not in {style for each in as_one for style in (each.first, each.second)}
    assert all(each.first != each.second for each in as_one)
    assert len(as_one) == len(counted)
    assert [(each.for_first, each.for_second) for each in as_one] == [
        (each.for_first, each.for_second) for each in counted
    ]


def test_a_battle_between_styles_that_are_one_by_now_changes_no_rating() -> None:
    battle = make_battle(state=BattleState.CLOSED, count=Count(3, 1, 3_000, 1_000))
    shifts = shifts_of(battle, [], {battle.style_a: battle.style_b})

    assert shifts[Side.A] == shifts[Side.B]
    assert shifts[Side.A].before == shifts[Side.A].after


def test_odds_of_ten_to_one_are_four_hundred_points() -> None:
    assert points(Rating(0.0, 1.0)) == 1_500
    assert points(Rating(2.302585, 1.0)) == 1_900


def test_a_style_of_which_little_is_known_ranks_below_one_that_has_proved_itself() -> None:
    lucky = Standing("a", Rating(1.5, 1.5), 1)
    proved = Standing("b", Rating(1.0, 0.2), 30)

    assert proved.score > lucky.score


def test_the_pair_is_chosen_among_those_that_are_there_and_have_not_just_met() -> None:
    ratings = fit("abc", [])
    assert most_telling_pair(ratings) == ("a", "b")
    assert most_telling_pair(ratings, besides=[frozenset("ab")]) == ("a", "c")
    assert most_telling_pair(ratings, among="bc") == ("b", "c")
    assert most_telling_pair(ratings, including="c") == ("a", "c")
    assert most_telling_pair(ratings, including="c", besides=[frozenset("ac")]) == ("b", "c")
    assert most_telling_pair(ratings, among="a") is None
    assert most_telling_pair(ratings, besides=[frozenset("xy"), frozenset("a")]) == ("a", "b")


@settings(max_examples=40)
@given(pairs)
def test_no_other_pair_would_teach_more(found: list[Evidence]) -> None:
    ratings = rated(folded(found), "abcd")
    chosen = most_telling_pair(ratings)

    assert chosen is not None
    most = max(ratings.learned_from(*pair) for pair in itertools.combinations("abcd", 2))
    assert ratings.learned_from(*chosen) == pytest.approx(most)
