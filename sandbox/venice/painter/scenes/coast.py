"""The sea: waves under a wide sky, a headland to one side."""

import math
from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import darker, mix
from sandbox.venice.painter.geometry import Point, smooth_line
from sandbox.venice.painter.land import paint_grass, paint_ridges
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_birds, paint_sky
from sandbox.venice.painter.stage import Place, Stage
from sandbox.venice.painter.water import paint_reflection

WAVES = 3


def paint_coast(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Open water with rolling waves, and a headland to stand on."""
    horizon = canvas.height * dice.uniform(0.52, 0.58)
    light = paint_sky(canvas, palette, dice, horizon=horizon)
    paint_ridges(
        canvas,
        palette,
        dice,
        top=horizon - canvas.unit * 0.01,
        bottom=horizon + canvas.unit * 0.02,
        layers=2,
        ruggedness=0.48,
        nearest=0.4,
    )
    paint_reflection(canvas, palette, dice, shore=horizon, light_x=light[0])
    _waves(canvas, palette, dice, horizon=horizon)
    side = -1 if light[0] > canvas.width / 2 else 1
    ground = _headland(canvas, palette, dice, side=side)
    if palette.night < 1:
        flock = (canvas.width - light[0], horizon * 0.55)
        paint_birds(canvas, dice, flock, colour=mix(palette.near, palette.far, 0.3))
    return Stage(
        spots={
            Place.GROUND: ground,
            Place.AFLOAT: (
                canvas.width * (0.5 - 0.16 * side),
                horizon + (canvas.height - horizon) * 0.34,
            ),
            Place.ALOFT: (canvas.width - light[0], horizon * 0.5),
        },
        size=canvas.unit * 0.36,
    )


def _waves(canvas: Canvas, palette: Palette, dice: Random, *, horizon: float) -> None:
    """Swells in front, each with a crest that catches the light."""
    depth = canvas.height - horizon
    for wave in range(WAVES):
        nearness = (wave + 1) / WAVES
        base = horizon + depth * (0.62 + 0.44 * nearness)
        relief = canvas.unit * 0.014 * (0.5 + nearness)
        phase, length = dice.uniform(0, math.tau), dice.uniform(1.5, 2.6)
        crest: list[Point] = []
        for step in range(90):
            turn = step / 89 * length * math.tau + phase
            # Raised to a power, sines become crests with long troughs.
            swell = (0.5 + 0.5 * math.sin(turn)) ** 1.8
            crest.append((canvas.width * step / 89, base - relief * 2.4 * swell))
        deep = mix(mix(palette.sky[1], palette.near, 0.3 + 0.4 * nearness), palette.mist, 0.08)
        canvas.land(
            crest, mix(deep, palette.mist, 0.3), foot=deep, depth=canvas.unit * 0.07 * nearness
        )


def _headland(canvas: Canvas, palette: Palette, dice: Random, *, side: int) -> Point:
    """A grassy cliff that comes in from one side."""
    edge = canvas.width if side > 0 else 0.0
    near = darker(palette.near, 0.12)
    reach = canvas.unit * 0.72

    def at(across: float, up: float) -> Point:
        return edge - side * reach * across, canvas.height - canvas.unit * up

    brow = smooth_line(
        [at(0.0, 0.25), at(0.2, 0.262), at(0.45, 0.25), at(0.62, 0.222), at(0.74, 0.175)]
    )
    crag = [(0.77, 0.13), (0.8, 0.125), (0.83, 0.07), (0.9, 0.06), (0.93, 0.02), (1.02, -0.01)]
    face = [at(across, up + dice.uniform(-0.008, 0.008)) for across, up in crag]
    canvas.draw.polygon([*brow, *face, at(0.0, -0.02)], fill=near)
    lit = mix(near, palette.horizon, 0.22)
    thickness = max(1, round(canvas.unit * 0.006))
    canvas.draw.line(brow, fill=lit, width=thickness, joint="curve")
    for x, y in brow[::2]:
        for _ in range(2):
            tip = (
                x + canvas.unit * dice.uniform(-0.012, 0.012),
                y - canvas.unit * dice.uniform(0.004, 0.014),
            )
            width = canvas.unit * 0.003
            canvas.draw.polygon([(x - width, y + width), (x + width, y + width), tip], fill=near)
    paint_grass(canvas, dice, darker(near, 0.45), height=canvas.unit * 0.04, density=40)
    spot = at(0.34, 0.252)
    return spot[0], spot[1] + canvas.unit * 0.012
