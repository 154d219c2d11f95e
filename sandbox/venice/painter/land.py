"""Land: ridges in mist, hills, pines, grass."""

import math
from itertools import pairwise
from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, mix
from sandbox.venice.painter.geometry import Point, ridge, smooth_line, swell
from sandbox.venice.painter.palette import Palette


def skyline(canvas: Canvas, heights: list[float], *, base: float, relief: float) -> list[Point]:
    """Heights as a line across the canvas; `relief` is the height of 1, in pixels."""
    step = canvas.width / (len(heights) - 1)
    return [(index * step, base - height * relief) for index, height in enumerate(heights)]


def paint_ridges(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    *,
    top: float,
    bottom: float,
    layers: int,
    ruggedness: float = 0.52,
    nearest: float = 1.0,
) -> list[Point]:
    """Mountain ridges from far to near, mist between them; returns the nearest skyline.

    `nearest` is how near the last of them stands, from 0 to 1.
    """
    line: list[Point] = []
    for layer in range(layers):
        place = layer / max(1, layers - 1)
        nearness = place * nearest
        base = top + (bottom - top) * place**1.25
        relief = canvas.unit * (0.21 - 0.12 * nearness)
        heights = ridge(dice, detail=7, roughness=ruggedness)
        line = skyline(canvas, heights, base=base, relief=relief)
        colour = palette.land(nearness**0.9)
        foot = mix(colour, palette.mist, 0.75 * (1 - nearness) + 0.12)
        canvas.land(line, colour, foot=foot, depth=canvas.unit * (0.3 - 0.06 * nearness))
    return line


def paint_hill(
    canvas: Canvas, dice: Random, colour: Colour, *, foot: Colour, base: float, nearness: float
) -> list[Point]:
    """A soft hill in a colour that turns to another at its foot; returns its skyline."""
    heights = swell(dice, points=60, waves=dice.uniform(0.7, 1.6) - 0.4 * nearness)
    relief = canvas.unit * (0.035 + 0.035 * nearness)
    line = skyline(canvas, heights, base=base, relief=relief)
    canvas.land(line, colour, foot=foot, depth=canvas.unit * 0.3)
    return line


def height_at(line: list[Point], x: float) -> float:
    """Where a skyline runs at x."""
    for (left, y_left), (right, y_right) in pairwise(line):
        if left <= x <= right:
            return y_left + (y_right - y_left) * (x - left) / max(1e-6, right - left)
    return line[-1][1]


def paint_pine(canvas: Canvas, foot: Point, height: float, colour: Colour, dice: Random) -> None:
    """A pine in outline, its tiers a little uneven."""
    x, y = foot
    tiers = dice.randint(5, 7)
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(tiers):
        part = (tier + 1) / tiers
        level = y - height * (1 - part * 0.92)
        width = height * 0.21 * part**0.85
        inner = width * 0.52
        left += [(x - width * dice.uniform(0.9, 1.1), level), (x - inner, level - height * 0.015)]
        right += [(x + width * dice.uniform(0.9, 1.1), level), (x + inner, level - height * 0.015)]
    outline = [(x, y - height), *left[:-1], *reversed(right[:-1])]
    canvas.draw.polygon(outline, fill=colour)
    trunk = height * 0.025
    canvas.draw.rectangle((x - trunk, y - height * 0.1, x + trunk, y), fill=colour)


def paint_pines(
    canvas: Canvas,
    line: list[Point],
    colour: Colour,
    dice: Random,
    *,
    height: float,
    density: float,
    clearing: tuple[float, float] | None = None,
) -> None:
    """Pines along a skyline, in groves; none within the clearing."""
    x = -height * 0.2
    phase = dice.uniform(0, math.tau)
    while x < canvas.width + height * 0.2:
        grove = 0.5 + 0.5 * math.sin(x / canvas.width * math.tau * 1.7 + phase)
        open_ground = clearing is not None and clearing[0] < x < clearing[1]
        if not open_ground and dice.random() < density * (0.35 + grove):
            size = height * dice.uniform(0.45, 1.0) * (0.65 + 0.35 * grove)
            ground = height_at(line, min(max(x, 0), canvas.width))
            paint_pine(canvas, (x, ground + size * 0.06), size, colour, dice)
        x += height * dice.uniform(0.1, 0.24)


def paint_grass(
    canvas: Canvas, dice: Random, colour: Colour, *, height: float, density: float
) -> None:
    """Blades along the lower edge."""
    for _ in range(round(density * canvas.width / canvas.unit)):
        x = dice.uniform(0, canvas.width)
        reach = height * dice.uniform(0.4, 1.0)
        lean = reach * dice.uniform(-0.45, 0.45)
        width = canvas.unit * dice.uniform(0.003, 0.006)
        foot = canvas.height + width
        blade = smooth_line(
            [(x, foot), (x + lean * 0.3, foot - reach * 0.55), (x + lean, foot - reach)], steps=4
        )
        back = [(px + width * (1 - index / len(blade)), py) for index, (px, py) in enumerate(blade)]
        canvas.draw.polygon([*blade, *reversed(back)], fill=colour)
