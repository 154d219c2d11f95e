"""Space: a ringed planet, moons, nebulae and a horizon of another world."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.venice.painter.canvas import Canvas, vertical_gradient
from sandbox.venice.painter.colour import Colour, darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import Point
from sandbox.venice.painter.land import height_at, paint_ridges
from sandbox.venice.painter.noise import contrasted, soft_noise
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.stage import Place, Stage

NEBULA_GRAIN_PX = 320
DEEP: Colour = from_hex("070817")


def paint_cosmos(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """A planet above the rocks of another."""
    _nebulae(canvas, palette, dice)
    _stars(canvas, palette, dice)
    side = dice.choice((-1, 1))
    centre = (
        canvas.width * (0.5 + 0.14 * side),
        canvas.height * dice.uniform(0.32, 0.4),
    )
    _planet(canvas, palette, dice, centre, canvas.unit * dice.uniform(0.19, 0.25))
    moon = (canvas.width * (0.5 - 0.28 * side), canvas.height * dice.uniform(0.14, 0.26))
    _sphere(canvas, moon, canvas.unit * 0.05, mix(palette.far, palette.light, 0.4), shine=side)
    rocks = paint_ridges(
        canvas,
        _airless(palette),
        dice,
        top=canvas.height * 0.76,
        bottom=canvas.height * 0.9,
        layers=3,
        ruggedness=0.6,
    )
    spot = canvas.width * (0.5 - 0.1 * side)
    return Stage(
        spots={
            Place.GROUND: (spot, height_at(rocks, spot) + canvas.unit * 0.02),
            Place.ALOFT: (canvas.width * (0.5 - 0.26 * side), canvas.height * 0.5),
        },
        size=canvas.unit * 0.3,
    )


def _airless(palette: Palette) -> Palette:
    """The palette with no haze between near and far."""
    return Palette(
        sky=palette.sky,
        light=palette.light,
        far=mix(palette.far, palette.near, 0.55),
        near=darker(palette.near, 0.3),
        mist=mix(palette.near, palette.horizon, 0.3),
        accent=palette.accent,
        second_accent=palette.second_accent,
        night=1.0,
    )


def _nebulae(canvas: Canvas, palette: Palette, dice: Random) -> None:
    """Coloured clouds; soft as they are, they are painted small and enlarged."""
    width = NEBULA_GRAIN_PX
    height = max(2, round(width * canvas.height / canvas.width))
    top = mix(DEEP, palette.sky[0], 0.3)
    low = mix(top, palette.horizon, 0.35)
    small = vertical_gradient((top, mix(top, palette.sky[1], 0.45), low), width, height)
    for colour in (palette.accent, palette.second_accent, palette.horizon):
        clouds = soft_noise(dice, width=width, height=height, cells=3, octaves=6)
        mask = contrasted(clouds, low=dice.randint(118, 132), high=235, strength=0.8)
        small.paste(mix(colour, DEEP, 0.2), (0, 0, width, height), mask)
    whole = small.resize((canvas.width, canvas.height), Image.Resampling.BICUBIC)
    canvas.image.paste(whole, (0, 0))


def _stars(canvas: Canvas, palette: Palette, dice: Random) -> None:
    for _ in range(round(420 * canvas.width * canvas.height / canvas.unit**2)):
        spot = (dice.random() * canvas.width, dice.random() * canvas.height)
        brightness = dice.random() ** 3
        tone = mix(palette.light, dice.choice((palette.accent, palette.horizon)), dice.random() / 2)
        size = canvas.unit * (0.0005 + 0.0016 * brightness)
        canvas.disc(spot, size, mix(DEEP, tone, 0.35 + 0.65 * brightness))
        if brightness > 0.7:  # noqa: PLR2004 - the brightest few
            canvas.glow(spot, size * 9, tone, strength=0.6)


def _planet(canvas: Canvas, palette: Palette, dice: Random, centre: Point, radius: float) -> None:
    """A banded planet with a ring that passes behind and before it."""
    body = mix(palette.accent, palette.far, 0.35)
    canvas.glow(centre, radius * 2.1, mix(body, palette.light, 0.3), strength=0.45)
    tilt = dice.uniform(-24, 24)
    ring = _ring(canvas, radius, mix(palette.second_accent, palette.light, 0.35), tilt=tilt)
    corner = (round(centre[0] - ring.width / 2), round(centre[1] - ring.height / 2))
    canvas.image.paste(ring, corner, ring)
    _sphere(canvas, centre, radius, body, shine=-1, bands=_bands(dice, body, palette))
    front = ring.copy()
    hidden = Image.new("L", ring.size, 255)
    middle = ring.width / 2
    lean = math.tan(math.radians(-tilt)) * middle
    ImageDraw.Draw(hidden).polygon(
        [(0, 0), (ring.width, 0), (ring.width, middle + lean), (0, middle - lean)], fill=0
    )
    front.putalpha(ImageChops.multiply(ring.getchannel("A"), hidden))
    canvas.image.paste(front, corner, front)


def _bands(dice: Random, body: Colour, palette: Palette) -> list[Colour]:
    tones = (body, lighter(body, 0.18), darker(body, 0.18), mix(body, palette.mist, 0.3))
    return [dice.choice(tones) for _ in range(dice.randint(7, 11))]


def _ring(canvas: Canvas, radius: float, colour: Colour, *, tilt: float) -> Image.Image:
    side = round(radius * 4.6)
    ring = Image.new("RGBA", (side, side), (*colour, 0))
    pen = ImageDraw.Draw(ring)
    width = max(2, round(canvas.unit * 0.004))
    for step in range(16):
        reach = radius * (1.45 + 0.042 * step)
        level = 0 if step == 9 else round(70 + 150 * abs(math.sin(step * 1.7)))  # noqa: PLR2004 - the last step
        flat = reach * 0.26
        box = (side / 2 - reach, side / 2 - flat, side / 2 + reach, side / 2 + flat)
        pen.ellipse(box, outline=(*colour, level), width=width * 2)
    return ring.rotate(tilt, resample=Image.Resampling.BILINEAR)


def _sphere(
    canvas: Canvas,
    centre: Point,
    radius: float,
    colour: Colour,
    *,
    shine: int,
    bands: list[Colour] | None = None,
) -> None:
    """A ball lit from one side."""
    side = max(2, round(radius * 2))
    disc = Image.new("L", (side, side))
    ImageDraw.Draw(disc).ellipse((0, 0, side - 1, side - 1), fill=255)
    surface = vertical_gradient(bands or (colour, darker(colour, 0.1)), side, side)
    shadow = Image.new("L", (side, side), 215)
    lit = (
        side * (0.5 + 0.34 * shine) - side * 0.62,
        side * 0.3 - side * 0.62,
        side * (0.5 + 0.34 * shine) + side * 0.62,
        side * 0.3 + side * 0.62,
    )
    ImageDraw.Draw(shadow).ellipse(lit, fill=0)
    small = shadow.resize((96, 96)).filter(ImageFilter.GaussianBlur(9))
    surface.paste(DEEP, (0, 0, side, side), small.resize((side, side), Image.Resampling.BICUBIC))
    corner = (round(centre[0] - side / 2), round(centre[1] - side / 2))
    canvas.image.paste(surface, corner, disc)
