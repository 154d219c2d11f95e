"""Lines that look drawn by hand: splines, ridges, swells."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from random import Random

Point = tuple[float, float]

SPLINE_STEPS = 8


def smooth_outline(points: Sequence[Point], *, steps: int = SPLINE_STEPS) -> list[Point]:
    """A closed Catmull-Rom spline through the points; a point given twice is a corner."""
    closed = [points[-1], *points, points[0], points[1]]
    return _spline(closed, steps=steps)


def smooth_line(points: Sequence[Point], *, steps: int = SPLINE_STEPS) -> list[Point]:
    """An open Catmull-Rom spline through the points."""
    return [*_spline([points[0], *points, points[-1]], steps=steps), points[-1]]


def _spline(knots: Sequence[Point], *, steps: int) -> list[Point]:
    """A spline from the second of the knots to the last but one."""
    line: list[Point] = []
    for before, start, end, after in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        if start != end:
            line.extend(
                (
                    _blend((before[0], start[0], end[0], after[0]), step / steps),
                    _blend((before[1], start[1], end[1], after[1]), step / steps),
                )
                for step in range(steps)
            )
    return line


def _blend(knots: tuple[float, float, float, float], t: float) -> float:
    a, b, c, d = knots
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def ridge(dice: Random, *, detail: int, roughness: float) -> list[float]:
    """Heights of a mountain ridge between about -1 and 1, by midpoint displacement."""
    heights = [dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5)]
    reach = 1.0
    for _ in range(detail):
        finer: list[float] = []
        for left, right in pairwise(heights):
            finer += [left, (left + right) / 2 + dice.uniform(-reach, reach) * 0.6]
        heights = [*finer, heights[-1]]
        reach *= roughness
    return heights


def swell(dice: Random, *, points: int, waves: float) -> list[float]:
    """Heights of soft hills between -1 and 1: a few sines."""
    parts = [
        (waves * factor, dice.uniform(0, math.tau), strength)
        for factor, strength in ((1.0, 0.6), (2.3, 0.28), (4.1, 0.12))
    ]
    return [
        sum(
            strength * math.sin(frequency * math.tau * step / (points - 1) + phase)
            for frequency, phase, strength in parts
        )
        for step in range(points)
    ]


@cache
def outline(points: str) -> tuple[Point, ...]:
    """Points written as SVG writes them: `x,y x,y …`."""
    pairs = (pair.split(",") for pair in points.split())
    return tuple((float(x), float(y)) for x, y in pairs)
