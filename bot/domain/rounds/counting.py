"""What the ballots of a round come to, and what may stand on one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.ids import UserId
from bot.domain.ranking.ballots import Place, by_approval, by_ranked_choice
from bot.domain.rounds.style_round import Ballot, StyleProposal, VotingWay

MAX_RANKED = 5
PLACES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Count:
    """The first places, the best first, by the numbers of proposals; and how many of them win."""

    places: tuple[Place[int], ...]
    winners: int

    @property
    def equals(self) -> tuple[int, ...]:
        """Those who had equally much where a winner was decided, as they were proposed."""
        return tuple(sorted({n for place in self.places[: self.winners] for n in place.equals}))


def votable(proposals: Iterable[StyleProposal], voter: UserId) -> tuple[StyleProposal, ...]:
    """The proposals that a member can vote for: those that stand, save their own."""
    return tuple(each for each in proposals if each.stands and each.author_id != voter)


def kept_choices(
    way: VotingWay, choices: Sequence[int], proposals: Iterable[StyleProposal], voter: UserId
) -> tuple[int, ...]:
    """The choices of a ballot that count, each once; ranked ones are at most five."""
    there = {each.number for each in votable(proposals, voter)}
    kept = tuple(number for number in dict.fromkeys(choices) if number in there)
    return kept[:MAX_RANKED] if way is VotingWay.RANKED else tuple(sorted(kept))


def count(
    way: VotingWay,
    proposals: Sequence[StyleProposal],
    ballots: Iterable[Ballot],
    *,
    winners: int,
) -> Count:
    """Count ballots, in whatever order they were cast. Nobody wins without a vote."""
    candidates = [each.number for each in sorted(proposals, key=lambda p: p.number) if each.stands]
    counted = [
        (kept_choices(way, ballot.choices, proposals, ballot.user_id), ballot.weight)
        for ballot in ballots
    ]
    if way is VotingWay.APPROVAL:
        places = by_approval(candidates, ((frozenset(kept), weight) for kept, weight in counted))
    else:
        places = by_ranked_choice(candidates, counted, most=PLACES_SHOWN)
    shown = tuple(places[:PLACES_SHOWN])
    won = sum(place.weight > 0 for place in shown[:winners])
    return Count(shown, won)
