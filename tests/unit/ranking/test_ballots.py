from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking.ballots import Place, by_approval, by_ranked_choice


def order(places: Iterable[Place[str]]) -> list[str]:
    return [place.candidate for place in places]


def ranked(candidates: str, ballots: Iterable[Sequence[str]]) -> list[str]:
    return order(by_ranked_choice(candidates, ((each, 1) for each in ballots), most=9))


def test_the_most_approved_comes_first_and_equals_as_proposed() -> None:
    ballots = [(frozenset("bc"), 1), (frozenset("c"), 1), (frozenset("ba"), 1)]

    places = by_approval("abcd", ballots)

    assert order(places) == ["b", "c", "a", "d"]
    assert [place.weight for place in places] == [2, 2, 1, 0]
    assert [place.equals for place in places[:3]] == [{"b", "c"}, {"b", "c"}, frozenset()]


def test_a_ballot_weighs_as_much_as_it_is_said_to() -> None:
    assert order(by_approval("ab", [(frozenset("a"), 500), (frozenset("b"), 1_000)])) == ["b", "a"]
    light, heavy = ("a", 500), ("b", 1_000)
    assert order(by_ranked_choice("ab", [light, heavy], most=1)) == ["b"]


def test_ranked_choice_moves_the_votes_of_the_last() -> None:
    # The capital of Tennessee, the customary example of voting methods: Knoxville wins by run-off.
    ballots = [*["MNCK"] * 42, *["NCKM"] * 26, *["CKNM"] * 15, *["KCNM"] * 17]

    [winner, *others] = by_ranked_choice("MNCK", [(each, 1) for each in ballots], most=4)

    assert winner == Place("K", 58)
    # Without Knoxville, Nashville is out first, and then Chattanooga has 58 to the 42 of Memphis.
    assert order(others) == ["C", "N", "M"]


def test_who_is_everybodys_second_choice_comes_second() -> None:
    assert ranked("abc", ["ca", "ca", "ca"]) == ["c", "a", "b"]


def test_equals_of_a_run_off_are_told() -> None:
    [winner] = by_ranked_choice("ab", [("a", 1), ("b", 1)], most=1)

    assert winner == Place("a", 1, frozenset("ab"))


def test_ballots_may_be_short_or_empty() -> None:
    assert ranked("ab", ["b", "", "b"]) == ["b", "a"]
    assert ranked("", []) == []


@given(st.lists(st.permutations("abcd")))
def test_every_candidate_has_a_place(ballots: list[Sequence[str]]) -> None:
    assert sorted(ranked("abcd", ballots)) == list("abcd")


@given(st.lists(st.permutations("abcd"), min_size=1))
def test_who_has_more_than_half_of_the_first_places_wins(ballots: list[Sequence[str]]) -> None:
    winner = ranked("abcd", ballots)[0]
    firsts = [ballot[0] for ballot in ballots]
    for candidate in "abcd":
        if 2 * firsts.count(candidate) > len(ballots):
            assert winner == candidate
