"""Mountains: ridges in mist above a lake, or above a meadow with pines."""

from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import darker, lighter, mix
from sandbox.venice.painter.geometry import Point, swell
from sandbox.venice.painter.land import (
    height_at,
    paint_grass,
    paint_pines,
    paint_ridges,
    skyline,
)
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_aurora, paint_birds, paint_sky
from sandbox.venice.painter.stage import Place, Stage
from sandbox.venice.painter.water import paint_reflection


def paint_lake(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """A lake before mountains, pines on the shore, a bank in front."""
    shore = canvas.height * dice.uniform(0.6, 0.68)
    light = _heavens(canvas, palette, dice, horizon=shore)
    line = paint_ridges(
        canvas,
        palette,
        dice,
        top=shore - canvas.unit * dice.uniform(0.24, 0.32),
        bottom=shore - canvas.unit * 0.03,
        layers=dice.randint(4, 5),
    )
    height = canvas.unit * dice.uniform(0.09, 0.14)
    paint_pines(canvas, line, palette.near, dice, height=height, density=0.75)
    paint_reflection(canvas, palette, dice, shore=shore, light_x=light[0])
    side = dice.choice((-1, 1))
    ground = _bank(canvas, palette, dice, side=side)
    return Stage(
        spots={
            Place.GROUND: ground,
            Place.AFLOAT: (
                canvas.width * (0.5 - 0.14 * side),
                shore + (canvas.height - shore) * 0.42,
            ),
            Place.ALOFT: _opposite(canvas, light),
        },
        size=canvas.unit * 0.3,
    )


def paint_mountains(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Ridge behind ridge, and a hill in front with pines at its sides."""
    horizon = canvas.height * dice.uniform(0.58, 0.66)
    light = _heavens(canvas, palette, dice, horizon=horizon)
    line = paint_ridges(
        canvas,
        palette,
        dice,
        top=horizon - canvas.unit * dice.uniform(0.22, 0.34),
        bottom=canvas.height * 0.74,
        layers=dice.randint(5, 6),
        ruggedness=dice.uniform(0.5, 0.56),
    )
    paint_pines(canvas, line, palette.land(0.94), dice, height=canvas.unit * 0.11, density=0.8)
    canvas.veil(palette.mist, top=canvas.height * 0.66, bottom=canvas.height * 0.96, strength=0.36)
    heights = swell(dice, points=50, waves=0.6)
    hill = skyline(canvas, heights, base=canvas.height * 0.87, relief=canvas.unit * 0.035)
    near = darker(palette.near, 0.18)
    canvas.land(hill, near, foot=darker(near, 0.3), depth=canvas.unit * 0.2)
    middle = canvas.width * dice.uniform(0.42, 0.58)
    reach = canvas.unit * 0.3
    paint_pines(
        canvas,
        hill,
        near,
        dice,
        height=canvas.unit * 0.34,
        density=0.62,
        clearing=(middle - reach, middle + reach),
    )
    paint_grass(canvas, dice, darker(near, 0.3), height=canvas.unit * 0.05, density=140)
    return Stage(
        spots={
            Place.GROUND: (middle, height_at(hill, middle) + canvas.unit * 0.02),
            Place.ALOFT: _opposite(canvas, light),
        },
        size=canvas.unit * 0.34,
    )


def _heavens(canvas: Canvas, palette: Palette, dice: Random, *, horizon: float) -> Point:
    light = paint_sky(canvas, palette, dice, horizon=horizon)
    if palette.night >= 1 and dice.random() < _aurora_chance(palette):
        paint_aurora(canvas, palette, dice, horizon=horizon)
    if palette.night < 1:
        flock = (canvas.width - light[0], horizon * dice.uniform(0.35, 0.6))
        paint_birds(canvas, dice, flock, colour=mix(palette.near, palette.far, 0.2))
    return light


def _aurora_chance(palette: Palette) -> float:
    """Northern lights belong to the greenish nights."""
    red, green, blue = palette.accent
    return 1.0 if green > red and green > blue else 0.15


def _bank(canvas: Canvas, palette: Palette, dice: Random, *, side: int) -> Point:
    """A dark bank that slopes up from the middle to one side, with grass on it."""
    edge = canvas.width if side > 0 else 0.0
    near = darker(palette.near, 0.25)
    count = 24
    line: list[Point] = []
    for step in range(count + 1):
        part = step / count
        rise = max(0.0, part - 0.22) ** 1.3
        y = canvas.height * 1.01 - canvas.unit * (0.2 * rise + 0.006 * dice.random())
        line.append((canvas.width - edge + side * canvas.width * part, y))
    canvas.draw.polygon([*line, (edge, canvas.height)], fill=near)
    spot = line[round(count * 0.74)]
    ordered = line if side > 0 else line[::-1]
    paint_grass(canvas, dice, near, height=canvas.unit * 0.075, density=60)
    _tufts(canvas, dice, ordered, near=near, palette=palette)
    return spot[0], spot[1] + canvas.unit * 0.012


def _tufts(
    canvas: Canvas, dice: Random, line: list[Point], *, near: tuple[int, int, int], palette: Palette
) -> None:
    flower = lighter(palette.accent, 0.15)
    for _ in range(round(90 * canvas.width / canvas.unit)):
        x = dice.uniform(line[0][0], line[-1][0])
        y = height_at(line, x)
        reach = canvas.unit * dice.uniform(0.012, 0.04)
        lean = reach * dice.uniform(-0.4, 0.4)
        width = canvas.unit * 0.0022
        canvas.draw.polygon([(x - width, y), (x + width, y), (x + lean, y - reach)], fill=near)
        if dice.random() < 0.14:  # noqa: PLR2004 - a flower here and there
            canvas.disc((x + lean, y - reach), canvas.unit * dice.uniform(0.003, 0.006), flower)


def _opposite(canvas: Canvas, light: Point) -> Point:
    """A place in the sky across from the light."""
    return canvas.width - light[0], canvas.height * 0.3
