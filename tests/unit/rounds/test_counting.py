"""What ballots come to does not depend on how they came about."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import UserId
from bot.domain.rounds.counting import MAX_RANKED, count, kept_choices, votable
from bot.domain.rounds.style_round import Ballot, StyleProposal, VotingWay
from tests.unit.rounds.values import make_proposal

PROPOSALS = [make_proposal(number, author=number) for number in range(1, 6)]
WEIGHTS = st.sampled_from([0, 500, 1_000])
choices = st.lists(st.integers(1, 7), max_size=8).map(tuple)
ballots_of_members = st.dictionaries(
    st.integers(1, 9).map(UserId), st.tuples(choices, WEIGHTS), max_size=8
)


@given(ballots_of_members, st.sampled_from(VotingWay), st.randoms())
def test_the_count_is_the_same_in_whatever_order_members_voted(
    cast: dict[UserId, tuple[tuple[int, ...], int]], way: VotingWay, random: object
) -> None:
    ballots = [Ballot(user_id, chosen, weight) for user_id, (chosen, weight) in cast.items()]
    shuffled = list(ballots)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis's own Random

    expected = count(way, PROPOSALS, ballots, winners=3)

    assert count(way, PROPOSALS[::-1], shuffled, winners=3) == expected


@given(ballots_of_members)
def test_an_approval_counts_by_its_weight_and_never_for_ones_own(
    cast: dict[UserId, tuple[tuple[int, ...], int]],
) -> None:
    ballots = [Ballot(user_id, chosen, weight) for user_id, (chosen, weight) in cast.items()]

    counted = count(VotingWay.APPROVAL, PROPOSALS, ballots, winners=5)

    for place in counted.places:
        voters = [b for b in ballots if place.candidate in b.choices]
        by_others = [b.weight for b in voters if b.user_id != place.candidate]
        assert place.weight == sum(by_others)
    assert counted.winners == sum(place.weight > 0 for place in counted.places)


@given(choices, st.sampled_from(VotingWay))
def test_a_ballot_keeps_each_style_once_and_only_those_that_stand(
    chosen: tuple[int, ...], way: VotingWay
) -> None:
    there = [*PROPOSALS, make_proposal(6, withdrawn=True), make_proposal(7, image_id=None)]

    kept = kept_choices(way, chosen, there, UserId(2))

    assert set(kept) <= set(chosen) & {1, 3, 4, 5}
    assert len(kept) == len(set(kept)) <= MAX_RANKED
    assert kept_choices(way, kept, there, UserId(2)) == kept


def test_a_withdrawn_style_leaves_its_votes_to_the_next_choice() -> None:
    ballots = [Ballot(UserId(20 + n), (2, 1), 1_000) for n in range(2)]
    ballots.append(Ballot(UserId(30), (3,), 1_000))
    ballots.append(Ballot(UserId(31), (1,), 1_000))
    there = [_withdrawn(each) if each.number == 2 else each for each in PROPOSALS]

    counted = count(VotingWay.RANKED, there, ballots, winners=1)

    assert counted.places[0].candidate == 1
    assert counted.places[0].weight == 3_000
    assert count(VotingWay.RANKED, PROPOSALS, ballots, winners=1).places[0].candidate == 2


def test_a_tie_for_a_winning_place_is_told() -> None:
    ballots = [Ballot(UserId(20), (2, 4), 1_000)]

    counted = count(VotingWay.APPROVAL, PROPOSALS, ballots, winners=1)

    assert counted.places[0].candidate == 2
    assert counted.equals == (2, 4)
    assert count(VotingWay.APPROVAL, PROPOSALS, [], winners=1).equals == ()


def test_members_cannot_vote_for_their_own() -> None:
    assert [each.number for each in votable(PROPOSALS, UserId(3))] == [1, 2, 4, 5]


def _withdrawn(proposal: StyleProposal) -> StyleProposal:
    return make_proposal(proposal.number, withdrawn=True)
