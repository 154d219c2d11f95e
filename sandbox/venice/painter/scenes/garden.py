"""Flowers close by, hills far off."""

import math
from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import Point, smooth_line, smooth_outline
from sandbox.venice.painter.land import paint_grass, paint_hill, paint_ridges
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_birds, paint_sky
from sandbox.venice.painter.stage import Place, Stage

POLLEN = from_hex("f6c445")
PETAL_WHITE = from_hex("fff6ea")
ROWS = 4


def paint_garden(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """A meadow in flower, small in the distance and large in front."""
    horizon = canvas.height * dice.uniform(0.46, 0.54)
    light = paint_sky(canvas, palette, dice, horizon=horizon)
    paint_ridges(
        canvas,
        palette,
        dice,
        top=horizon - canvas.unit * 0.12,
        bottom=horizon,
        layers=3,
        nearest=0.5,
    )
    meadow = mix(palette.land(0.6), from_hex("5f8f55"), 0.6 - 0.3 * palette.night)
    for row in range(ROWS):
        nearness = row / (ROWS - 1)
        colour = mix(meadow, palette.near, 0.1 + 0.45 * nearness)
        base = horizon + (canvas.height * 0.92 - horizon) * (0.08 + 0.92 * nearness)
        paint_hill(
            canvas,
            dice,
            mix(colour, palette.mist, 0.3 * (1 - nearness)),
            foot=darker(colour, 0.2),
            base=base,
            nearness=nearness,
        )
        _row(canvas, palette, dice, base=base, nearness=nearness, leaf=darker(colour, 0.1))
    paint_grass(canvas, dice, darker(palette.near, 0.25), height=canvas.unit * 0.09, density=190)
    if palette.night < 1:
        flock = (canvas.width - light[0], horizon * 0.45)
        paint_birds(canvas, dice, flock, colour=palette.near)
    return Stage(
        spots={
            Place.GROUND: (canvas.width * 0.5, canvas.height * 0.93),
            Place.ALOFT: (canvas.width - light[0], horizon * 0.5),
        },
        size=canvas.unit * 0.36,
    )


def _row(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    *,
    base: float,
    nearness: float,
    leaf: Colour,
) -> None:
    size = canvas.unit * (0.008 + 0.05 * nearness**1.6)
    stem = size * 4.2
    count = round((70 - 52 * nearness) * canvas.width / canvas.unit)
    tones = (
        palette.accent,
        palette.second_accent,
        PETAL_WHITE,
        mix(palette.accent, PETAL_WHITE, 0.4),
    )
    for _ in range(count):
        x = dice.uniform(-0.02, 1.02) * canvas.width
        foot = (x, base + canvas.unit * dice.uniform(0.02, 0.08) * (0.4 + nearness))
        height = stem * dice.uniform(0.5, 1.1)
        head = (x + height * dice.uniform(-0.16, 0.16), foot[1] - height)
        tone = mix(dice.choice(tones), palette.near, 0.06 + 0.3 * palette.night)
        hazy = mix(tone, palette.mist, 0.25 * (1 - nearness))
        _stem(canvas, foot, head, width=size * 0.13, colour=leaf)
        _blossom(canvas, dice, head, size * dice.uniform(0.75, 1.1), hazy)


def _stem(canvas: Canvas, foot: Point, head: Point, *, width: float, colour: Colour) -> None:
    bend = (foot[0], (foot[1] + head[1]) / 2)
    path = smooth_line([foot, bend, head], steps=5)
    canvas.draw.line(path, fill=colour, width=max(1, round(width)), joint="curve")
    length = (foot[1] - head[1]) * 0.34
    for side in (-1, 1):
        tip = (bend[0] + side * length * 0.8, bend[1] - length * 0.5)
        leaf = [
            bend,
            bend,
            (bend[0] + side * length * 0.3, bend[1] - length * 0.42),
            tip,
            tip,
            (bend[0] + side * length * 0.5, bend[1] - length * 0.06),
        ]
        canvas.draw.polygon(smooth_outline(leaf, steps=4), fill=colour)


def _blossom(canvas: Canvas, dice: Random, centre: Point, size: float, colour: Colour) -> None:
    match dice.randrange(3):
        case 0:
            _daisy(canvas, dice, centre, size, colour)
        case 1:
            _poppy(canvas, centre, size, colour)
        case _:
            _tulip(canvas, centre, size, colour)


def _daisy(canvas: Canvas, dice: Random, centre: Point, size: float, colour: Colour) -> None:
    petals = dice.randint(8, 11)
    turn = dice.uniform(0, math.tau)
    for petal in range(petals):
        angle = turn + math.tau * petal / petals
        x = centre[0] + math.cos(angle) * size * 0.62
        y = centre[1] + math.sin(angle) * size * 0.5
        shade = mix(colour, darker(colour, 0.25), 0.5 + 0.5 * math.sin(angle))
        canvas.disc((x, y), size * 0.3, shade)
    canvas.disc(centre, size * 0.34, POLLEN)
    canvas.disc((centre[0], centre[1] + size * 0.06), size * 0.2, darker(POLLEN, 0.16))


def _poppy(canvas: Canvas, centre: Point, size: float, colour: Colour) -> None:
    x, y = centre
    for across, down, reach, depth in (
        (-0.42, -0.02, 0.62, 0.2),
        (0.42, -0.02, 0.62, 0.2),
        (0.0, -0.32, 0.62, 0.1),
        (0.0, 0.22, 0.66, 0.0),
    ):
        spot = (x + across * size, y + down * size)
        half, tall = reach * size, reach * size * 0.72
        box = (spot[0] - half, spot[1] - tall, spot[0] + half, spot[1] + tall)
        canvas.draw.ellipse(box, fill=darker(colour, depth))
    canvas.disc((x, y - size * 0.05), size * 0.2, darker(colour, 0.75))
    canvas.disc((x, y - size * 0.08), size * 0.09, lighter(POLLEN, 0.1))


def _tulip(canvas: Canvas, centre: Point, size: float, colour: Colour) -> None:
    x, y = centre

    def at(across: float, up: float) -> Point:
        return x + across * size, y - up * size

    for side in (-1, 1):
        petal = [
            at(0.0, -0.5),
            at(side * 0.56, -0.2),
            at(side * 0.6, 0.55),
            at(side * 0.6, 0.55),
            at(side * 0.2, 0.3),
        ]
        canvas.blob(petal, darker(colour, 0.18))
    front = [
        at(0.0, -0.55),
        at(0.42, -0.2),
        at(0.3, 0.35),
        at(0.0, 0.72),
        at(0.0, 0.72),
        at(-0.3, 0.35),
        at(-0.42, -0.2),
    ]
    canvas.blob(front, colour)
