"""Rolling fields, with a winding path, trees and hedges."""

from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, darker, lighter, mix
from sandbox.venice.painter.geometry import Point, smooth_line
from sandbox.venice.painter.land import height_at, paint_grass, paint_hill, paint_ridges
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen
from sandbox.venice.painter.sky import paint_birds, paint_sky
from sandbox.venice.painter.stage import Place, Stage
from sandbox.venice.painter.subjects.figures import draw_tree

FIELDS = 5


def paint_countryside(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Field behind field under a wide sky."""
    horizon = canvas.height * dice.uniform(0.5, 0.58)
    light = paint_sky(canvas, palette, dice, horizon=horizon)
    paint_ridges(
        canvas,
        palette,
        dice,
        top=horizon - canvas.unit * 0.05,
        bottom=horizon,
        layers=2,
        ruggedness=0.46,
        nearest=0.3,
    )
    colours = _field_colours(palette, dice)
    front: list[Point] = []
    for field, (colour, foot) in enumerate(colours):
        nearness = field / (FIELDS - 1)
        top = horizon + canvas.unit * 0.01
        front = paint_hill(
            canvas,
            dice,
            colour,
            foot=foot,
            base=top + (canvas.height * 0.84 - top) * nearness,
            nearness=nearness,
        )
        if field < FIELDS - 1:
            _plant(canvas, palette, dice, front, nearness=nearness)
        if field == FIELDS - 2:
            _old_tree(canvas, palette, dice, front)
    colour = colours[-1][0]
    _path(canvas, dice, front, colour=lighter(mix(colour, palette.mist, 0.45), 0.1))
    grass = darker(colours[-1][1], 0.35)
    paint_grass(canvas, dice, grass, height=canvas.unit * 0.06, density=170)
    if not palette.night:
        flock = (canvas.width - light[0], horizon * 0.5)
        paint_birds(canvas, dice, flock, colour=palette.near)
    middle = canvas.width * dice.choice((0.32, 0.68))
    return Stage(
        spots={
            Place.GROUND: (middle, height_at(front, middle) + canvas.unit * 0.06),
            Place.ALOFT: (canvas.width - light[0], horizon * 0.55),
        },
        size=canvas.unit * 0.34,
    )


def _field_colours(palette: Palette, dice: Random) -> list[tuple[Colour, Colour]]:
    crops = (palette.second_accent, palette.accent, palette.far)
    colours: list[tuple[Colour, Colour]] = []
    for field in range(FIELDS):
        nearness = field / (FIELDS - 1)
        crop = mix(palette.land(0.2 + 0.55 * nearness), dice.choice(crops), dice.uniform(0.1, 0.42))
        hazy = mix(crop, palette.mist, 0.42 * (1 - nearness))
        colours.append((hazy, mix(hazy, palette.near, 0.35 + 0.25 * nearness)))
    return colours


def _plant(
    canvas: Canvas, palette: Palette, dice: Random, line: list[Point], *, nearness: float
) -> None:
    """Hedges and cypresses along the edge of a field."""
    size = canvas.unit * (0.028 + 0.06 * nearness)
    leaf = mix(palette.land(0.55 + 0.4 * nearness), palette.mist, 0.28 - 0.25 * nearness)
    for _ in range(dice.randint(1, 3)):
        _hedge(canvas, dice, line, size=size, colour=leaf)
    for _ in range(dice.randint(0, 2)):
        _cypresses(canvas, dice, line, size=size * 2.4, colour=leaf)


def _old_tree(canvas: Canvas, palette: Palette, dice: Random, line: list[Point]) -> None:
    x = canvas.width * dice.choice((dice.uniform(0.1, 0.2), dice.uniform(0.8, 0.9)))
    foot = (x, height_at(line, x) + canvas.unit * 0.03)
    draw_tree(Pen(canvas, foot, canvas.unit * 0.28), palette)


def _hedge(canvas: Canvas, dice: Random, line: list[Point], *, size: float, colour: Colour) -> None:
    x = dice.uniform(0.0, 0.85) * canvas.width
    for _ in range(dice.randint(6, 16)):
        x += size * dice.uniform(0.35, 0.6)
        y = height_at(line, min(x, canvas.width)) + size * 0.12
        radius = size * dice.uniform(0.3, 0.52)
        box = (x - radius, y - radius * 1.5, x + radius, y + radius * 0.5)
        canvas.draw.ellipse(box, fill=mix(colour, darker(colour, 0.3), dice.random() * 0.6))


def _cypresses(
    canvas: Canvas, dice: Random, line: list[Point], *, size: float, colour: Colour
) -> None:
    x = dice.uniform(0.05, 0.9) * canvas.width
    for _ in range(dice.randint(2, 5)):
        x += size * dice.uniform(0.3, 0.5)
        y = height_at(line, min(x, canvas.width)) + size * 0.05
        tall, half = size * dice.uniform(0.7, 1.1), size * 0.11
        outline = [
            (x, y - tall),
            (x, y - tall),
            (x + half, y - tall * 0.4),
            (x + half * 0.6, y),
            (x - half * 0.6, y),
            (x - half, y - tall * 0.4),
        ]
        canvas.blob(outline, darker(colour, 0.2))


def _path(canvas: Canvas, dice: Random, hill: list[Point], *, colour: Colour) -> None:
    """A path that winds up the hill in front."""
    x = canvas.width * dice.uniform(0.4, 0.6)
    top = (x, height_at(hill, x))
    sway = canvas.unit * dice.choice((-0.1, 0.1))
    depth = canvas.height - top[1]
    middle = smooth_line(
        [
            top,
            (x + sway * 0.5, top[1] + depth * 0.22),
            (x - sway * 0.6, top[1] + depth * 0.55),
            (x + sway * 0.4, canvas.height * 1.02),
        ]
    )
    left: list[Point] = []
    right: list[Point] = []
    for px, py in middle:
        width = canvas.unit * (0.006 + 0.07 * ((py - top[1]) / depth) ** 1.4)
        left.append((px - width, py))
        right.append((px + width, py))
    canvas.draw.polygon([*left, *reversed(right)], fill=colour)
