"""What `/stats styles` tells: the best styles over time, for each kind of prompt, on each model."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Generic, TypeVar

from bot.domain.ids import ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import NOTHING, StyleTally
from bot.domain.statistics.statistics import Grain, Period, Timeline
from bot.domain.voting.span import Span, span_key

FEWEST_VOTES = 5
"""With fewer votes nothing is said of a style."""

MOST_LINES = 5
MOST_BARS = 10
MOST_MODELS = 8

_SPANS = {Grain.WEEK: Span.WEEK, Grain.MONTH: Span.MONTH}

GroupT = TypeVar("GroupT", bound=Hashable)
StyleTallies = Mapping[str, StyleTally]
"""By the key of the style."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightQuery:
    """What a member wants to see: 13 weeks or 12 months, of one kind or model or of all."""

    period: Period
    kind: PromptKind | None = None
    model: ModelId | None = None


@dataclass(frozen=True, slots=True)
class StyleTrend:
    """A style, what it comes to, and that span by span."""

    name: str
    tally: StyleTally
    spans: tuple[StyleTally, ...]


# Without slots: a frozen generic class with slots cannot be called by its alias.
@dataclass(frozen=True)
class BestStyle(Generic[GroupT]):
    """The style that does best in a group; `name` is None where none has enough votes.

    `tally` is the style's, or that of all styles together where none is named.
    """

    group: GroupT
    name: str | None
    tally: StyleTally


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleInsight:
    """The answer to a query.

    Attributes:
        model_name: of the query's model, as members know it; None of all models.
        total: all styles together.
        styles: those with enough votes, the best first.
        by_kind: empty where one kind was asked for.
        by_model: by the models' names; empty where one model was asked for.
    """

    query: InsightQuery
    timeline: Timeline
    model_name: str | None
    total: StyleTally
    styles: tuple[StyleTrend, ...]
    by_kind: tuple[BestStyle[PromptKind], ...] = ()
    by_model: tuple[BestStyle[str], ...] = ()

    @property
    def lines(self) -> tuple[StyleTrend, ...]:
        """The styles that are shown over time."""
        return self.styles[:MOST_LINES]

    @property
    def shown(self) -> tuple[StyleTrend, ...]:
        """The styles that have a bar and a line of text, where one kind was asked for."""
        return self.styles[:MOST_BARS]

    @property
    def has_bars(self) -> bool:
        """Whether there is a best style to show of any kind, or of the one that was asked for."""
        if self.query.kind is not None:
            return bool(self.styles)
        return any(best.name is not None for best in self.by_kind)

    @property
    def lead(self) -> tuple[int, int]:
        """In how many spans the best style came first, and in how many there were votes."""
        with_votes = [
            [style.spans[at].score for style in self.styles]
            for at in range(len(self.timeline.days))
            if any(style.spans[at].vote_count for style in self.styles)
        ]
        return sum(scores[0] == max(scores) > 0 for scores in with_votes), len(with_votes)


def span_names(line: Timeline) -> tuple[str, ...]:
    """The names of a timeline's weeks or months, as sums are kept by."""
    span = _SPANS[line.grain]
    return tuple(span_key(span, datetime.combine(day, time(), UTC)) for day in line.days)


def trends(
    found: Iterable[tuple[str, str, StyleTally]],
    spans: Sequence[str],
    name_of: Callable[[str], str],
) -> tuple[StyleTrend, ...]:
    """The styles that have enough votes, the best first; found are span, style, and tally."""
    rows: dict[str, list[StyleTally]] = {}
    for span, style, tally in found:
        rows.setdefault(style, [NOTHING] * len(spans))[spans.index(span)] = tally
    styles = [
        StyleTrend(name_of(style), sum(row, start=NOTHING), tuple(row))
        for style, row in rows.items()
    ]
    told = (style for style in styles if style.tally.vote_count >= FEWEST_VOTES)
    return tuple(sorted(told, key=lambda style: (-style.tally.score, style.name)))


def best_of(
    group: GroupT, styles: StyleTallies, name_of: Callable[[str], str]
) -> BestStyle[GroupT]:
    """The best of the styles of a group that have any votes."""
    told = [
        (name_of(style), tally)
        for style, tally in styles.items()
        if tally.vote_count >= FEWEST_VOTES
    ]
    if not told:
        return BestStyle(group, None, sum(styles.values(), start=NOTHING))
    name, tally = min(told, key=lambda each: (-each[1].score, each[0]))
    return BestStyle(group, name, tally)
