"""Charts as values: what is to be drawn, every word of it written already.

A chart says nothing of pixels, and whoever draws it knows no language. Equal charts are equal
pictures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_WHOLE_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis, and what stands there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a name for the legend, and a value for each bar."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Columns over time, each a stack of the series; the legend is left out for a single one.

    Attributes:
        title: what is shown.
        subtitle: whose, and in which unit the values are.
        time_marks: labels under columns, by the number of the column.
        value_marks: the scale, from zero; its last mark is the top.
    """

    title: str
    subtitle: str
    series: tuple[Series, ...]
    time_marks: tuple[Mark, ...]
    value_marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Lying bars, one a name, each a stack of the series, with what it comes to at its end.

    The names of the axes are left out where they are empty.

    `pictures` are files of small pictures beside the names, None where a name has none. A file
    is under the hash of what is in it, so that equal charts are equal pictures here too.
    """

    title: str
    subtitle: str
    names: tuple[str, ...]
    totals: tuple[str, ...]
    series: tuple[Series, ...]
    value_marks: tuple[Mark, ...]
    pictures: tuple[Path | None, ...] = ()
    name_axis: str = ""
    value_axis: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a name for the legend, and its values; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over time, numbered in the legend and at their ends, so that no colour is needed.

    Attributes:
        time_marks: labels under points, by the number of the point.
        value_marks: the scale, from zero; its last mark is the top.
        time_axis, value_axis: what the axes are, with their units.
    """

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    time_marks: tuple[Mark, ...]
    value_marks: tuple[Mark, ...]
    time_axis: str
    value_axis: str


@dataclass(frozen=True, slots=True)
class GaugeBar:
    """One limit: the shares of it that are used and reserved, from 0 to 1, and what to say.

    `used` is None where there is no limit to be a share of.
    """

    name: str
    amount: str
    note: str
    used: float | None
    reserved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeChart:
    """A bar for each limit, with the words for its parts; a part that no bar has is not named."""

    bars: tuple[GaugeBar, ...]
    used: str
    reserved: str
    left: str


Chart: TypeAlias = ColumnChart | BarChart | LineChart | GaugeChart


def largest(series: Sequence[Series], most: int, *, others: str) -> tuple[Series, ...]:
    """The `most` series of the largest sums, largest first; the rest added up under one name."""
    in_order = sorted(series, key=lambda each: -sum(each.values))
    if len(in_order) <= most:
        return tuple(in_order)
    rest = zip(*(each.values for each in in_order[most:]), strict=True)
    return (*in_order[:most], Series(others, tuple(map(sum, rest))))


def scale(most: float, *, whole: bool, marks: int = 5) -> tuple[float, ...]:
    """Round values from zero to at least `most`, evenly apart, about `marks` of them above zero.

    With `whole`, all are whole numbers.
    """
    if most <= 0:
        return (0.0, 1.0)
    rough = most / marks
    magnitude = 10.0 ** math.floor(math.log10(rough))
    if whole:
        magnitude = max(1.0, magnitude)
    steps = _WHOLE_STEPS if whole and magnitude <= 1 else _STEPS
    step = next(each * magnitude for each in steps if each * magnitude >= rough * (1 - 1e-9))
    count = math.ceil(most / step * (1 - 1e-9))
    return tuple(step * number for number in range(count + 1))
