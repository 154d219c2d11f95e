"""The desert: dunes with a lit and a shaded side."""

import math
from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import Point, smooth_line
from sandbox.venice.painter.land import height_at, paint_ridges
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_birds, paint_sky
from sandbox.venice.painter.stage import Place, Stage

DUNES = 5
SAND = from_hex("e0a56b")


def paint_dunes(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Dune behind dune, each with a sharp crest."""
    horizon = canvas.height * dice.uniform(0.5, 0.58)
    light = paint_sky(canvas, palette, dice, horizon=horizon)
    paint_ridges(canvas, palette, dice, top=horizon - canvas.unit * 0.04, bottom=horizon, layers=2)
    lit_from_left = light[0] < canvas.width / 2
    line: list[Point] = []
    for dune in range(DUNES):
        nearness = dune / (DUNES - 1)
        base = horizon + (canvas.height * 0.9 - horizon) * (0.06 + 0.94 * nearness**1.2)
        line = _dune(
            canvas,
            palette,
            dice,
            base=base,
            nearness=nearness,
            lit_from_left=lit_from_left,
        )
    if not palette.night:
        flock = (canvas.width - light[0], horizon * 0.5)
        paint_birds(canvas, dice, flock, colour=palette.near)
    middle = canvas.width * (0.62 if lit_from_left else 0.38)
    return Stage(
        spots={
            Place.GROUND: (middle, height_at(line, middle) + canvas.unit * 0.03),
            Place.ALOFT: (canvas.width - light[0], horizon * 0.5),
        },
        size=canvas.unit * 0.3,
    )


def _dune(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    *,
    base: float,
    nearness: float,
    lit_from_left: bool,
) -> list[Point]:
    """One dune: a long slope to a sharp crest, and its lee in shade."""
    peak = (
        canvas.width * dice.uniform(-0.05, 1.05),
        base - canvas.unit * (0.05 + 0.13 * nearness) * dice.uniform(0.7, 1.2),
    )
    rise, fall = canvas.width * dice.uniform(0.7, 1.1), canvas.width * 1.3
    left, right = (rise, fall) if lit_from_left else (fall, rise)
    west = _slope((peak[0] - left, base), peak, dice)
    east = _slope((peak[0] + right, base), peak, dice)[::-1]
    line = [(-canvas.width, base), *west, *east[1:], (canvas.width * 2.0, base)]
    sand = mix(mix(palette.far, SAND, 0.45), palette.near, 0.12 + 0.4 * nearness)
    lit = mix(lighter(sand, 0.16), palette.mist, 0.4 * (1 - nearness))
    depth = canvas.unit * (0.14 + 0.2 * nearness)
    canvas.land(line, lit, foot=mix(sand, palette.near, 0.22), depth=depth)
    shade = mix(darker(sand, 0.3), palette.mist, 0.34 * (1 - nearness))
    lee = east if lit_from_left else west[::-1]
    side = 1 if lit_from_left else -1
    spine = _spine(canvas, peak, side=side, depth=depth)
    canvas.draw.polygon([*lee, (lee[-1][0], canvas.height), *reversed(spine)], fill=shade)
    return line


def _slope(foot: Point, peak: Point, dice: Random) -> list[Point]:
    """A slope that steepens towards the crest."""
    steepness = dice.uniform(1.2, 1.9)
    return [
        (
            foot[0] + (peak[0] - foot[0]) * step / 30,
            foot[1]
            + (peak[1] - foot[1]) * (0.5 - 0.5 * math.cos(math.pi * step / 30)) ** steepness,
        )
        for step in range(31)
    ]


def _spine(canvas: Canvas, peak: Point, *, side: int, depth: float) -> list[Point]:
    """The S-shaped edge between light and shade, from the crest to the ground."""
    x, y = peak
    sway = depth * 0.5 * side
    return smooth_line(
        [
            (x, y),
            (x + sway * 0.35, y + depth * 0.22),
            (x - sway * 0.25, y + depth * 0.55),
            (x + sway * 0.9, y + depth),
            (x + sway * 0.6, canvas.height * 1.02),
        ]
    )
