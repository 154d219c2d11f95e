"""Skies: the gradient, the light in it, stars, clouds, northern lights and birds."""

import math
from random import Random

from PIL import Image, ImageDraw

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, mix
from sandbox.venice.painter.geometry import Point
from sandbox.venice.painter.noise import contrasted, soft_noise
from sandbox.venice.painter.palette import Palette

STARRY_NIGHT = 0.5
"""From how dark a night on stars show."""

CLOUD_GRAIN_PX = 320
CURTAIN_WIDTH_PX = 240
CURTAIN_HEIGHT_PX = 160


def paint_sky(canvas: Canvas, palette: Palette, dice: Random, *, horizon: float) -> Point:
    """Paints everything above the horizon, and returns where the light stands."""
    canvas.gradient(palette.sky, top=0, bottom=horizon)
    canvas.gradient((palette.horizon, palette.mist), top=horizon, bottom=canvas.height)
    if palette.night >= STARRY_NIGHT:
        paint_stars(canvas, palette, dice, horizon=horizon)
    light = (
        canvas.width * dice.choice((dice.uniform(0.2, 0.4), dice.uniform(0.6, 0.8))),
        horizon * (dice.uniform(0.2, 0.42) if palette.night else dice.uniform(0.42, 0.62)),
    )
    if palette.night < 1:
        paint_sun(canvas, palette, light, radius=canvas.unit * dice.uniform(0.05, 0.085))
    else:
        paint_moon(canvas, palette, light, radius=canvas.unit * dice.uniform(0.04, 0.06))
    paint_clouds(canvas, palette, dice, horizon=horizon)
    return light


def paint_sun(canvas: Canvas, palette: Palette, centre: Point, *, radius: float) -> None:
    """A low sun in its haze."""
    canvas.glow(centre, radius * 9, mix(palette.light, palette.horizon, 0.4), strength=0.55)
    canvas.glow(centre, radius * 3.6, palette.light, strength=0.75)
    canvas.disc(centre, radius, palette.light)


def paint_moon(canvas: Canvas, palette: Palette, centre: Point, *, radius: float) -> None:
    """A moon with a few seas."""
    canvas.glow(centre, radius * 7, mix(palette.light, palette.sky[-1], 0.5), strength=0.5)
    canvas.glow(centre, radius * 2.4, palette.light, strength=0.5)
    canvas.disc(centre, radius, palette.light)
    sea = mix(palette.light, palette.sky[-1], 0.22)
    for across, down, size in ((-0.35, -0.2, 0.26), (0.25, 0.3, 0.2), (0.3, -0.4, 0.12)):
        spot = (centre[0] + across * radius, centre[1] + down * radius)
        canvas.disc(spot, radius * size, sea)


def paint_stars(canvas: Canvas, palette: Palette, dice: Random, *, horizon: float) -> None:
    """Stars that thin out towards the horizon."""
    count = round(260 * canvas.width * horizon / canvas.unit**2)
    for _ in range(count):
        height = dice.random() ** 1.6
        spot = (dice.random() * canvas.width, height * horizon)
        brightness = dice.random() ** 2 * (1 - height * 0.7)
        base = palette.sky[min(len(palette.sky) - 1, int(height * len(palette.sky)))]
        size = canvas.unit * (0.0006 + 0.0016 * brightness)
        canvas.disc(spot, size, mix(base, palette.light, 0.35 + 0.65 * brightness))
        if brightness > 0.75:  # noqa: PLR2004 - the brightest few
            canvas.glow(spot, size * 7, palette.light, strength=0.5)


def paint_clouds(canvas: Canvas, palette: Palette, dice: Random, *, horizon: float) -> None:
    """Long clouds, lit from below."""
    height = max(2, round(CLOUD_GRAIN_PX * horizon / canvas.width * 2.4))
    noise = soft_noise(dice, width=CLOUD_GRAIN_PX, height=height, cells=4, octaves=5)
    mask = contrasted(
        noise, low=dice.randint(128, 142), high=205, strength=0.75 - palette.night / 3
    )
    fade = (
        Image.linear_gradient("L")
        .resize(mask.size)
        .point(
            [round(255 * math.sin(math.pi * min(1, level / 235)) ** 0.8) for level in range(256)]
        )
    )
    shaped = Image.new("L", mask.size)
    shaped.paste(mask, (0, 0), fade)
    cloud = mix(palette.mist, palette.light, 0.45) if palette.night < 1 else palette.sky[-1]
    canvas.tint(shaped, cloud, (0, 0, canvas.width, round(horizon)))


def paint_aurora(canvas: Canvas, palette: Palette, dice: Random, *, horizon: float) -> None:
    """Curtains of northern lights."""
    for colour, reach in ((palette.second_accent, 1.0), (palette.accent, 0.8)):
        curtain = _curtain(dice, reach=reach)
        canvas.tint(curtain, colour, (0, 0, canvas.width, round(horizon)))


def _curtain(dice: Random, *, reach: float) -> Image.Image:
    mask = Image.new("L", (CURTAIN_WIDTH_PX, CURTAIN_HEIGHT_PX))
    falloff = [round(255 * (1 - row / 90) ** 2.2) for row in range(90)]
    strip = Image.new("L", (1, 98))
    strip.putdata([*reversed(falloff), *(round(255 * (1 - row / 8)) for row in range(8))])
    phases = [dice.uniform(0, math.tau) for _ in range(4)]
    base = dice.uniform(0.5, 0.75) * CURTAIN_HEIGHT_PX
    for column in range(CURTAIN_WIDTH_PX):
        place = column / CURTAIN_WIDTH_PX * math.tau
        foot = base + 16 * math.sin(place * 1.3 + phases[0]) + 7 * math.sin(place * 3.1 + phases[1])
        shimmer = (
            0.55 + 0.3 * math.sin(place * 2.2 + phases[2]) + 0.15 * math.sin(place * 13 + phases[3])
        )
        height = max(8, round(98 * reach * (0.7 + 0.3 * shimmer)))
        ray = strip.resize((1, height)).point(
            [round(level * 0.8 * max(0.0, shimmer)) for level in range(256)]
        )
        mask.paste(ray, (column, round(foot - height)))
    return mask


def paint_birds(canvas: Canvas, dice: Random, centre: Point, *, colour: Colour) -> None:
    """A loose flock."""
    pen = ImageDraw.Draw(canvas.image)
    for _ in range(dice.randint(4, 8)):
        x = centre[0] + dice.gauss(0, canvas.unit * 0.09)
        y = centre[1] + dice.gauss(0, canvas.unit * 0.045)
        span = canvas.unit * dice.uniform(0.009, 0.019)
        lift = span * dice.uniform(0.3, 0.6)
        wing = [
            (x - span, y - lift * 0.7),
            (x - span * 0.55, y - lift),
            (x, y),
            (x + span * 0.55, y - lift),
            (x + span, y - lift * 0.7),
        ]
        pen.line(wing, fill=colour, width=max(1, round(canvas.unit * 0.0026)), joint="curve")
