"""What votes on pictures in a style come to, by the kind of their prompt and by their model.

A picture counts in the week and in the month that it was painted in (UTC), with all votes that it
ever got, so that sums over weeks are sums over pictures: none is counted twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ImageId, ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.voting.span import Span, span_key
from bot.domain.voting.vote import NO_VOTES, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class StyledPicture:
    """A picture in a style, as votes on it are counted.

    Attributes:
        style: as `bot.domain.voting.credits.style_key` says.
        kind: None until its prompt was looked at.
    """

    image_id: ImageId
    style: str
    model: ModelId
    kind: PromptKind | None
    painted_at: datetime


@dataclass(frozen=True, slots=True)
class StyleTally:
    """How many pictures have votes that count, and what those votes come to."""

    pictures: int = 0
    votes: Tally = NO_VOTES

    def __add__(self, other: "StyleTally") -> "StyleTally":
        """The tally of both."""
        return StyleTally(self.pictures + other.pictures, self.votes + other.votes)

    @property
    def is_empty(self) -> bool:
        """Whether no vote is in it."""
        return self == NOTHING

    @property
    def vote_count(self) -> int:
        """How many votes there are, for and against."""
        return self.votes.ups + self.votes.downs

    @property
    def score(self) -> float:
        """The share of votes in favour is at least this, from 0 to 1."""
        return self.votes.score


NOTHING = StyleTally()


@dataclass(frozen=True, slots=True)
class Cell:
    """Where pictures are counted together; None means whatever kind or model."""

    span: str
    kind: PromptKind | None
    model: ModelId | None
    style: str


def cells_of(picture: StyledPicture) -> Iterator[Cell]:
    """Every cell that a picture counts in, once its kind is known."""
    for span in (Span.WEEK, Span.MONTH):
        key = span_key(span, picture.painted_at)
        for kind in (None, picture.kind):
            for model in (None, picture.model):
                yield Cell(key, kind, model, picture.style)
