"""Ratings from battles: the model of Bradley and Terry, with how sure each rating is.

The chance that `a` beats `b` is `1 / (1 + exp(b - a))` of their ratings (R. A. Bradley and
M. E. Terry, "Rank analysis of incomplete block designs", 1952). Ratings are drawn towards 0 by a
normal prior, so that one who never lost has a rating too; it is found by Newton's method, and the
uncertainty is the curvature at the maximum (Laplace's approximation).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

PRIOR_DEVIATION = 2.0
"""Of ratings in general, on the logistic scale: few are more than e² times as strong as another."""

_MOST_STEPS = 100
_SMALL_ENOUGH = 1e-10

Player = TypeVar("Player", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Battle(Generic[Player]):
    """What came of two players' meetings. `share` of `weight` went to the first."""

    first: Player
    second: Player
    share: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating and its standard deviation, on the logistic scale."""

    value: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Ratings(Generic[Player]):
    """All ratings of one fit.

    Attributes:
        players: whom the rows of the covariance are of.
        by_player: the ratings.
    """

    players: tuple[Player, ...]
    by_player: Mapping[Player, Rating]
    covariance: NDArray[np.float64]

    def chance(self, first: Player, second: Player) -> float:
        """How likely the first is to beat the second."""
        return _chance(self.by_player[first].value - self.by_player[second].value)

    def learned_from(self, first: Player, second: Player) -> float:
        """How much a battle of the two would teach: the variance of their difference times the
        information of one result, which is greatest between unknown equals.
        """
        one, other = self.players.index(first), self.players.index(second)
        spread = self.covariance[one, one] + self.covariance[other, other]
        variance = float(spread - 2 * self.covariance[one, other])
        chance = self.chance(first, second)
        return variance * chance * (1 - chance)


def fit(
    players: Iterable[Player],
    battles: Sequence[Battle[Player]],
    *,
    prior_deviation: float = PRIOR_DEVIATION,
) -> Ratings[Player]:
    """The ratings that explain the battles best.

    Raises:
        KeyError: if a battle names somebody who is no player.
    """
    names = tuple(dict.fromkeys(players))
    row = {name: number for number, name in enumerate(names)}
    first = np.array([row[battle.first] for battle in battles], dtype=np.intp)
    second = np.array([row[battle.second] for battle in battles], dtype=np.intp)
    share = np.array([battle.share for battle in battles], dtype=np.float64)
    weight = np.array([battle.weight for battle in battles], dtype=np.float64)
    precision = np.eye(len(names)) / prior_deviation**2
    values = np.zeros(len(names))
    curvature = precision
    for _ in range(_MOST_STEPS):
        chance = 1 / (1 + np.exp(values[second] - values[first]))
        slope = -precision @ values
        np.add.at(slope, first, weight * (share - chance))
        np.subtract.at(slope, second, weight * (share - chance))
        curvature = precision + _information(first, second, weight * chance * (1 - chance), row)
        step = np.linalg.solve(curvature, slope)
        values += step
        if not step.size or float(np.abs(step).max()) < _SMALL_ENOUGH:
            break
    covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    deviations = np.sqrt(np.diag(covariance))
    ratings = {
        name: Rating(float(values[number]), float(deviations[number]))
        for name, number in row.items()
    }
    return Ratings(names, ratings, covariance)


def most_telling_pair(
    ratings: Ratings[Player],
    *,
    among: Collection[Player] | None = None,
    including: Player | None = None,
    besides: Iterable[frozenset[Player]] = (),
) -> tuple[Player, Player] | None:
    """The two whose battle would teach most, save pairs that are not wanted; None without two.

    Both are `among` the given ones, where any are given, and one of them is `including`. Of pairs
    that would teach the same, the first in the order of the players is taken.
    """
    worth = _worth(ratings)
    wanted = np.zeros_like(worth, dtype=np.bool_)
    rows = [row for row, player in enumerate(ratings.players) if among is None or player in among]
    wanted[np.ix_(rows, rows)] = True
    row_of = {player: row for row, player in enumerate(ratings.players)}
    if including is not None:
        own = row_of[including]
        others = np.arange(len(worth)) != own
        wanted[np.ix_(others, others)] = False
    for pair in besides:
        if len(pair) > 1 and pair <= row_of.keys():
            one, other = (row_of[player] for player in pair)
            wanted[one, other] = wanted[other, one] = False
    wanted &= np.triu(np.ones_like(wanted), k=1)
    if not wanted.any():
        return None
    best = int(np.argmax(np.where(wanted, worth, -np.inf)))
    one, other = divmod(best, len(worth))
    return ratings.players[one], ratings.players[other]


def _worth(ratings: Ratings[Player]) -> NDArray[np.float64]:
    """What a battle of each pair would teach, as `Ratings.learned_from` says of one."""
    values = np.array([ratings.by_player[player].value for player in ratings.players])
    own = np.diag(ratings.covariance)
    variance = own[:, None] + own[None, :] - 2 * ratings.covariance
    chance = 1 / (1 + np.exp(values[None, :] - values[:, None]))
    return np.asarray(variance * chance * (1 - chance), dtype=np.float64)


def _information(
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    information: NDArray[np.float64],
    row: Mapping[Player, int],
) -> NDArray[np.float64]:
    """What the battles say of differences, as a matrix."""
    matrix = np.zeros((len(row), len(row)))
    np.add.at(matrix, (first, first), information)
    np.add.at(matrix, (second, second), information)
    np.subtract.at(matrix, (first, second), information)
    np.subtract.at(matrix, (second, first), information)
    return matrix


def _chance(difference: float) -> float:
    return float(1 / (1 + np.exp(-difference)))
