"""What battles say of styles, by `bot.domain.ranking.bradley_terry`.

The votes of one battle are on the same two pictures, so they are not as many independent meetings
of the styles: with their correlation `r`, `n` votes say as much as `n / (1 + (n - 1) r)` of them
(the design effect of a cluster: L. Kish, "Survey Sampling", 1965). So the one lucky picture that
a thousand members saw does not decide over a style.

Battles of the same pair are folded into one before the fit: the likelihood depends on nothing but
their sums.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain.battles.battle import Battle, BattleState, Count, Side
from bot.domain.ranking.bradley_terry import Battle as Meeting
from bot.domain.ranking.bradley_terry import Rating, Ratings, fit
from bot.domain.ranking.vote_share import Z
from bot.domain.voting.vote import FULL_WEIGHT

CORRELATION = 0.2
"""Of the votes of one battle: it says at most as much as five independent ones."""

AVERAGE = 1_500
POINTS_PER_UNIT = 400 / math.log(10)
"""Ratings are shown as in chess: 400 points are odds of 10 to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What battles of a pair say in favour of each, in thousandths of a meeting."""

    first: str
    second: str
    for_first: int
    for_second: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A style's rating before a battle and after it."""

    before: Rating
    after: Rating


@dataclass(frozen=True, slots=True)
class Standing:
    """A style's rating among others, and in how many battles it was."""

    style: str
    rating: Rating
    battles: int

    @property
    def score(self) -> float:
        """By what it is ranked: of battles against an average style it wins at least this share."""
        lower = self.rating.value - Z * self.rating.deviation
        return 1 / (1 + math.exp(-lower))


def evidence_of(count: Count) -> tuple[int, int]:
    """What the votes of one battle say for A and for B, in thousandths of a meeting."""
    weight = count.weight_a + count.weight_b
    if weight == 0:
        return 0, 0
    votes = weight / FULL_WEIGHT
    effective = votes / (1 + max(0.0, votes - 1) * CORRELATION)
    for_a = round(FULL_WEIGHT * effective * count.weight_a / weight)
    return for_a, round(FULL_WEIGHT * effective) - for_a


def inherited(found: Iterable[Evidence], heirs: Mapping[str, str]) -> list[Evidence]:
    """Evidence for the styles that count, by the heirs of those that were merged into others.

    What a style did against one that is now the same says nothing.
    """
    renamed = [
        replace(
            each,
            first=heirs.get(each.first, each.first),
            second=heirs.get(each.second, each.second),
        )
        for each in found
    ]
    return [each for each in renamed if each.first != each.second]


def folded(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """One for each pair, whichever was named first; pairs in the order of their names."""
    sums: dict[tuple[str, str], list[int]] = {}
    for each in found:
        swapped = each.first > each.second
        pair = (each.second, each.first) if swapped else (each.first, each.second)
        values = (each.for_second, each.for_first) if swapped else (each.for_first, each.for_second)
        total = sums.setdefault(pair, [0, 0])
        total[0] += values[0]
        total[1] += values[1]
    return tuple(Evidence(*pair, *total) for pair, total in sorted(sums.items()))


def rated(found: Sequence[Evidence], also: Collection[str] = ()) -> Ratings[str]:
    """The ratings that battles come to; `also` are styles of which nothing may be known yet.

    Those come first, in their order. The last fits are remembered: leaderboards are leafed through.
    """
    styles = {style for each in found for style in (each.first, each.second)}
    return _fitted(tuple(found), (*also, *sorted(styles - set(also))))


@lru_cache(maxsize=16)
def _fitted(found: tuple[Evidence, ...], styles: tuple[str, ...]) -> Ratings[str]:
    meetings = [
        Meeting(each.first, each.second, each.for_first / total, total / FULL_WEIGHT)
        for each in found
        if (total := each.for_first + each.for_second)
    ]
    return fit(styles, meetings)


def shifts_of(
    battle: Battle, before: Sequence[Evidence], heirs: Mapping[str, str]
) -> dict[Side, Shift]:
    """What a closed battle did to the ratings, given what those before it said.

    Nothing, where its two styles are one by now: `heirs` are of styles that were merged.
    """
    if battle.state is not BattleState.CLOSED:
        raise ValueError(f"battle {battle.id} is {battle.state}")
    styles = {side: heirs.get(battle.style_of(side), battle.style_of(side)) for side in Side}
    own = inherited([Evidence(styles[Side.A], styles[Side.B], *evidence_of(battle.count))], {})
    both = tuple(dict.fromkeys(styles.values()))
    then, now = rated(before, both), rated(folded([*before, *own]), both)
    return {side: Shift(then.by_player[key], now.by_player[key]) for side, key in styles.items()}


def points(rating: Rating) -> int:
    """A rating as it is shown."""
    return round(AVERAGE + POINTS_PER_UNIT * rating.value)


def margin_points(rating: Rating) -> int:
    """How many points the true rating may be off, by a confidence of 95 %."""
    return round(POINTS_PER_UNIT * Z * rating.deviation)
