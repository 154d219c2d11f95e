import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking.bradley_terry import Battle, fit, most_telling_pair

# The American League East of 1987, wins of the row over the column: A. Agresti, "Categorical Data
# Analysis", table 10.10 of the second edition.
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
BASEBALL = [
    Battle(TEAMS[one], TEAMS[other], share=1.0, weight=wins)
    for one, row in enumerate(WINS)
    for other, wins in enumerate(row)
    if wins
]
NO_PRIOR = 1e4


def test_the_baseball_teams_are_rated_as_published() -> None:
    ratings = fit(TEAMS, BASEBALL, prior_deviation=NO_PRIOR)
    above_last = {
        team: ratings.by_player[team].value - ratings.by_player["Baltimore"].value for team in TEAMS
    }
    assert above_last == pytest.approx(
        {
            "Milwaukee": 1.5814,
            "Detroit": 1.4364,
            "Toronto": 1.2945,
            "New York": 1.2476,
            "Boston": 1.1077,
            "Cleveland": 0.6839,
            "Baltimore": 0.0,
        },
        abs=2e-4,
    )


def test_who_never_lost_has_a_rating_and_is_less_sure() -> None:
    ratings = fit("ab", [Battle("a", "b", 1.0, 3)]).by_player
    assert 0 < ratings["a"].value < 5
    assert ratings["a"].value == pytest.approx(-ratings["b"].value)
    assert ratings["a"].deviation > 1


def test_without_battles_all_are_equal() -> None:
    ratings = fit("abc", [])
    assert {rating.value for rating in ratings.by_player.values()} == {0.0}
    assert ratings.chance("a", "b") == 0.5
    assert fit((), []).by_player == {}


def test_a_stranger_in_a_battle_is_an_error() -> None:
    with pytest.raises(KeyError):
        fit("ab", [Battle("a", "z", 1.0)])


def test_the_most_telling_pair_is_the_least_known_of_equals() -> None:
    battles = [Battle("a", "b", 0.5, 100), Battle("c", "d", 1.0, 100), Battle("a", "c", 0.5, 100)]
    pair = most_telling_pair(fit("abcde", battles))
    assert pair is not None
    assert "e" in pair
    assert most_telling_pair(fit("a", [])) is None
    assert most_telling_pair(fit("ab", []), besides=[frozenset("ab")]) is None


results = st.lists(
    st.tuples(st.sampled_from(list(itertools.permutations("abcd", 2))), st.floats(0, 1)),
    max_size=30,
)


@given(results)
def test_the_order_of_battles_does_not_matter(found: list[tuple[tuple[str, str], float]]) -> None:
    battles = [Battle(one, other, share) for (one, other), share in found]
    there, back = fit("abcd", battles).by_player, fit("abcd", battles[::-1]).by_player
    assert [there[name].value for name in "abcd"] == pytest.approx(
        [back[name].value for name in "abcd"], abs=1e-6
    )
    assert sum(rating.value for rating in there.values()) == pytest.approx(0, abs=1e-6)


@given(results)
def test_a_won_battle_never_lowers_the_winner(found: list[tuple[tuple[str, str], float]]) -> None:
    battles = [Battle(one, other, share) for (one, other), share in found]
    before = fit("abcd", battles).by_player["a"].value
    after = fit("abcd", [*battles, Battle("a", "b", 1.0)]).by_player["a"].value
    assert after >= before - 1e-9
