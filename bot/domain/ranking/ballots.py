"""Winners of ballots: by approval, and by ranked choice.

A ballot comes with its weight, a whole number, so that sums are exact whatever their order.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

CandidateT = TypeVar("CandidateT", bound=Hashable)

Approval: TypeAlias = tuple[frozenset[CandidateT], int]
"""The candidates that a ballot approves of, and its weight."""

Ranking: TypeAlias = tuple[Sequence[CandidateT], int]
"""The candidates of a ballot, the best first, and its weight."""


# Without slots: a frozen generic class with slots cannot be called by its alias.
@dataclass(frozen=True)
class Place(Generic[CandidateT]):
    """A candidate's place, and the weight that it has it by.

    `equals` are those who had equally much where it was decided, this one included; the one who
    was proposed earlier went on. It is empty where nobody had.
    """

    candidate: CandidateT
    weight: int
    equals: frozenset[CandidateT] = frozenset()


def by_approval(
    candidates: Sequence[CandidateT], ballots: Iterable[Approval[CandidateT]]
) -> list[Place[CandidateT]]:
    """The candidates, most approved first; equals as they were proposed."""
    weights: Counter[CandidateT] = Counter()
    for approved, weight in ballots:
        for candidate in approved:
            weights[candidate] += weight
    in_order = sorted(candidates, key=lambda candidate: -weights[candidate])
    return [
        Place(
            candidate,
            weights[candidate],
            _equals([each for each in candidates if weights[each] == weights[candidate]]),
        )
        for candidate in in_order
    ]


def by_ranked_choice(
    candidates: Sequence[CandidateT], ballots: Iterable[Ranking[CandidateT]], *, most: int
) -> list[Place[CandidateT]]:
    """The first `most` places: each is who wins the instant run-off among those left.

    So the second place is who would have won, had the first not been proposed.
    """
    # Many ballots are alike, and each is looked at in every round of every run-off.
    together: Counter[tuple[CandidateT, ...]] = Counter()
    for ranking, weight in ballots:
        together[tuple(ranking)] += weight
    left = list(candidates)
    places: list[Place[CandidateT]] = []
    while left and len(places) < most:
        place = _run_off(left, together)
        places.append(place)
        left.remove(place.candidate)
    return places


def _run_off(
    candidates: Sequence[CandidateT], ballots: Counter[tuple[CandidateT, ...]]
) -> Place[CandidateT]:
    """In each round a ballot counts for the first on it who is still in, and the last one goes.

    Of equals the one who was proposed last goes. The winner's weight is that of the last round
    in which there was somebody else.
    """
    still_in = list(candidates)
    equals: set[CandidateT] = set()
    weights = _first_of_each(still_in, ballots)
    while len(still_in) > 1:
        weights = _first_of_each(still_in, ballots)
        fewest = min(weights[candidate] for candidate in still_in)
        lowest = [candidate for candidate in still_in if weights[candidate] == fewest]
        if fewest > 0 and len(lowest) > 1:
            equals.update(lowest)
        still_in.remove(lowest[-1])
    return Place(still_in[0], weights[still_in[0]], frozenset(equals))


def _first_of_each(
    still_in: Sequence[CandidateT], ballots: Counter[tuple[CandidateT, ...]]
) -> Counter[CandidateT]:
    there = frozenset(still_in)
    weights: Counter[CandidateT] = Counter()
    for ballot, weight in ballots.items():
        first = next((candidate for candidate in ballot if candidate in there), None)
        if first is not None:
            weights[first] += weight
    return weights


def _equals(candidates: Sequence[CandidateT]) -> frozenset[CandidateT]:
    return frozenset(candidates) if len(candidates) > 1 else frozenset()
