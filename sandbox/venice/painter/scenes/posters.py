"""Abstract posters: arches, tiles and ribbons."""

import math
from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, from_hex, lighter, mix
from sandbox.venice.painter.geometry import Point
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.stage import Place, Stage

PAPER = from_hex("f6eddc")


def paint_arches(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Nested arches around a sun, stacked like hills."""
    paper = mix(PAPER, palette.horizon, 0.18)
    canvas.gradient((paper, paper), top=0, bottom=canvas.height)
    light = (canvas.width * dice.uniform(0.32, 0.68), canvas.height * dice.uniform(0.24, 0.34))
    canvas.disc(light, canvas.unit * dice.uniform(0.12, 0.17), mix(palette.accent, paper, 0.1))
    tones = _tones(palette)
    for row in range(3):
        base = canvas.height * (0.72 + 0.18 * row)
        x = canvas.width * dice.uniform(-0.1, 0.12)
        while x < canvas.width * 1.1:
            radius = canvas.unit * dice.uniform(0.2, 0.34)
            _arch(canvas, dice, (x, base), radius, tones=tones, paper=paper)
            x += radius * dice.uniform(1.15, 1.7)
    return _stage(canvas, light)


def paint_tiles(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """A grid of quarter discs, discs and triangles."""
    paper = mix(PAPER, palette.mist, 0.2)
    canvas.gradient((paper, paper), top=0, bottom=canvas.height)
    side = canvas.unit / dice.choice((4, 5, 6))
    tones = [*_tones(palette), paper]
    for row in range(math.ceil(canvas.height / side)):
        for column in range(math.ceil(canvas.width / side)):
            ground, figure, small = dice.sample(tones, 3)
            corner = (column * side, row * side)
            _tile(canvas, dice, corner, side, colours=(ground, figure, small))
    return _stage(canvas, (canvas.width * 0.5, canvas.height * 0.3))


def paint_ribbons(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Flowing ribbons, each with a light edge, under a disc."""
    canvas.gradient(
        (lighter(palette.horizon, 0.3), lighter(palette.mist, 0.2)), top=0, bottom=canvas.height
    )
    light = (canvas.width * dice.uniform(0.25, 0.75), canvas.height * dice.uniform(0.18, 0.3))
    canvas.glow(light, canvas.unit * 0.5, palette.light, strength=0.7)
    canvas.disc(
        light, canvas.unit * dice.uniform(0.09, 0.14), mix(palette.accent, palette.light, 0.3)
    )
    count = dice.randint(9, 12)
    scheme = [*palette.sky[::-1], palette.far, palette.accent, palette.near]
    phase, turns = dice.uniform(0, math.tau), dice.uniform(0.7, 1.3)
    for ribbon in range(count):
        place = ribbon / (count - 1)
        base = canvas.height * (0.34 + 0.62 * place)
        relief = canvas.unit * (0.06 + 0.05 * math.sin(ribbon * 1.3 + phase))
        line = _wave(canvas, base, relief, phase + ribbon * 0.55, turns)
        step = place * (len(scheme) - 1)
        index = min(int(step), len(scheme) - 2)
        colour = mix(scheme[index], scheme[index + 1], step - index)
        canvas.land(line, lighter(colour, 0.14), foot=colour, depth=canvas.unit * 0.14)
    return _stage(canvas, light)


def _tones(palette: Palette) -> list[Colour]:
    return [
        palette.accent,
        palette.second_accent,
        palette.near,
        palette.far,
        palette.sky[0],
        palette.sky[len(palette.sky) // 2],
    ]


def _arch(
    canvas: Canvas, dice: Random, foot: Point, radius: float, *, tones: list[Colour], paper: Colour
) -> None:
    x, y = foot
    rings = dice.randint(4, 6)
    colours = dice.sample(tones, k=min(len(tones), 3))
    for ring in range(rings):
        reach = radius * (1 - ring / rings)
        colour = colours[ring % 3] if ring % 2 == 0 else paper
        box = (x - reach, y - reach, x + reach, y + reach)
        canvas.draw.pieslice(box, 180, 360, fill=colour)
        below = max(y, canvas.height)
        canvas.draw.rectangle((x - reach, y - 1, x + reach, below), fill=colour)


def _tile(
    canvas: Canvas,
    dice: Random,
    corner: Point,
    side: float,
    *,
    colours: tuple[Colour, Colour, Colour],
) -> None:
    left, top = corner
    right, bottom = left + side, top + side
    ground, figure, small = colours
    canvas.draw.rectangle((left, top, right, bottom), fill=ground)
    x, y = dice.choice(((left, top), (right, top), (left, bottom), (right, bottom)))
    match dice.randrange(6):
        case 0:
            for reach, colour in ((side, figure), (side * 0.62, ground), (side * 0.3, small)):
                _clipped_disc(canvas, (x, y), reach, colour, box=(left, top, right, bottom))
        case 1:
            canvas.disc((left + side / 2, top + side / 2), side * 0.36, figure)
            canvas.disc((left + side / 2, top + side / 2), side * 0.16, small)
        case 2:
            opposite = (left + right - x, y)
            canvas.draw.polygon([(x, y), opposite, (x, top + bottom - y)], fill=figure)
        case 3:
            for stripe in range(4):
                edge = left + side * (stripe * 2 + 0.5) / 8
                canvas.draw.rectangle((edge, top, edge + side / 8, bottom), fill=figure)
        case 4:
            canvas.draw.pieslice((left, top, right, bottom), 0, 180, fill=figure)
            canvas.draw.pieslice((left, top, right, bottom), 180, 270, fill=small)
        case _:
            _clipped_disc(canvas, (x, y), side, figure, box=(left, top, right, bottom))


def _clipped_disc(
    canvas: Canvas,
    centre: Point,
    radius: float,
    colour: Colour,
    *,
    box: tuple[float, float, float, float],
) -> None:
    """A quarter of a disc around a tile's corner."""
    left, top, right, _ = box
    x, y = centre
    start = {(True, True): 0, (False, True): 90, (False, False): 180, (True, False): 270}[
        x == left, y == top
    ]
    reach = min(radius, right - left)
    canvas.draw.pieslice(
        (x - reach, y - reach, x + reach, y + reach), start, start + 90, fill=colour
    )


def _wave(canvas: Canvas, base: float, relief: float, phase: float, turns: float) -> list[Point]:
    return [
        (
            canvas.width * step / 80,
            base
            + relief * math.sin(turns * math.tau * step / 80 + phase)
            + relief * 0.35 * math.sin(turns * 2.1 * math.tau * step / 80 + phase * 1.7),
        )
        for step in range(81)
    ]


def _stage(canvas: Canvas, light: Point) -> Stage:
    return Stage(
        spots={Place.GROUND: (canvas.width * 0.5, canvas.height * 0.9), Place.ALOFT: light},
        size=canvas.unit * 0.5,
    )
