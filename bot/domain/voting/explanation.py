"""How the votes for a style came to what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.voting.vote import FULL_WEIGHT, NO_VOTES, Newness, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteShare:
    """Votes for one subject that have all of this in common; `weight` is of each, in thousandths.

    Attributes:
        on_descendants: on pictures that came from other pictures, as variations do.
    """

    weight: int
    newness: Newness | None
    held: bool
    on_descendants: bool
    tally: Tally

    @property
    def votes(self) -> int:
        """How many there are."""
        return self.tally.ups + self.tally.downs


@dataclass(frozen=True, slots=True)
class Rank:
    """Where something stands, counted from 1, among how many that are ranked."""

    place: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleExplanation:
    """What the votes for a style are; `rank` is None while nothing speaks for it."""

    name: str
    tally: Tally
    shares: Sequence[VoteShare]
    rank: Rank | None

    @property
    def counted(self) -> Sequence[VoteShare]:
        """The votes that the tally is the sum of."""
        return [share for share in self.shares if not share.held]

    @property
    def held(self) -> int:
        """How many votes wait for moderators."""
        return sum(share.votes for share in self.shares if share.held)

    @property
    def on_descendants(self) -> Tally:
        """What of the tally came from variations and the like."""
        return sum((share.tally for share in self.counted if share.on_descendants), start=NO_VOTES)

    @property
    def full(self) -> int:
        """How many votes count fully."""
        return sum(share.votes for share in self.counted if share.weight == FULL_WEIGHT)

    def lighter(self, weight: int) -> Sequence[tuple[Newness | None, int]]:
        """How many votes count as little, by what of their members was new."""
        sums: dict[Newness | None, int] = {}
        for share in self.counted:
            if share.weight == weight:
                sums[share.newness] = sums.get(share.newness, 0) + share.votes
        order = [*Newness, None]
        return sorted(sums.items(), key=lambda each: order.index(each[0]))
