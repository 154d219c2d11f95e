"""Boats, balloons and what else carries people."""

import math

from sandbox.venice.painter.colour import darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import outline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen

SAILCLOTH = from_hex("fdf6e8")


def draw_boat(pen: Pen, palette: Palette) -> None:
    """A small yacht under sail."""
    hull = mix(palette.accent, palette.near, 0.35)
    cloth = mix(SAILCLOTH, palette.near, 0.06 + 0.3 * palette.night)
    mast = darker(palette.near, 0.2)
    pen.line([(0.0, 0.12), (0.0, 1.0)], 0.014, mast)
    pen.shape(
        outline("0.025,0.96 0.025,0.96 0.2,0.62 0.42,0.24 0.42,0.24 0.025,0.22 0.025,0.22"),
        cloth,
    )
    pen.shape(
        outline("-0.025,0.88 -0.025,0.88 -0.14,0.56 -0.32,0.26 -0.32,0.26 -0.025,0.22 -0.025,0.22"),
        darker(cloth, 0.13),
    )
    pen.shape(
        outline("-0.42,0.16 -0.42,0.16 0,0.15 0.5,0.19 0.5,0.19 0.34,0 -0.3,0"),
        hull,
    )
    pen.shape(
        outline("-0.42,0.16 -0.42,0.16 0.5,0.19 0.5,0.19 0.46,0.145 -0.4,0.12"),
        lighter(hull, 0.35),
    )


def draw_gondola(pen: Pen, palette: Palette) -> None:
    """A gondola with its gondolier at the oar."""
    hull = mix(from_hex("14121c"), palette.near, 0.25)
    trim, seat = from_hex("d9b25f"), mix(palette.accent, palette.near, 0.15)
    pen.line([(-0.5, 0.62), (-0.84, -0.1)], 0.022, darker(trim, 0.45))
    _gondolier(pen, palette)
    pen.shape([(-0.34, 0.16), (-0.3, 0.27), (-0.1, 0.28), (0.0, 0.17)], seat)
    pen.shape([(0.02, 0.15), (0.05, 0.22), (0.2, 0.22), (0.24, 0.14)], darker(seat, 0.25))
    pen.shape(
        outline(
            "-1.06,0.36 -1.06,0.36 -0.86,0.2 -0.5,0.13 0,0.11 0.5,0.14 0.84,0.24 "
            "1,0.47 1,0.47 0.98,0.24 0.78,0.07 0.4,-0.01 -0.3,-0.01 -0.72,0.06"
        ),
        hull,
    )
    pen.line(
        outline("-1.02,0.33 -0.84,0.2 -0.5,0.135 0,0.115 0.5,0.145 0.82,0.235"),
        0.016,
        trim,
    )
    pen.polygon([(0.96, 0.42), (1.0, 0.6), (1.08, 0.58), (1.03, 0.4)], trim)
    for tooth in range(4):
        pen.box(1.0, 0.36 + tooth * 0.05, 0.075, 0.022, trim)


def _gondolier(pen: Pen, palette: Palette) -> None:
    skin = mix(from_hex("d9a07a"), palette.near, 0.15 + 0.2 * palette.night)
    dark, shirt = mix(from_hex("20202c"), palette.near, 0.2), mix(SAILCLOTH, palette.near, 0.15)
    stripe = mix(from_hex("b7322c"), palette.near, 0.1)
    pen.polygon([(-0.72, 0.14), (-0.66, 0.14), (-0.61, 0.46), (-0.7, 0.46)], dark)
    pen.polygon([(-0.6, 0.13), (-0.54, 0.13), (-0.57, 0.46), (-0.66, 0.46)], dark)
    pen.shape(outline("-0.71,0.44 -0.73,0.68 -0.65,0.76 -0.56,0.68 -0.57,0.44"), shirt)
    for band in range(4):
        pen.box(-0.715, 0.48 + band * 0.06, 0.15, 0.024, stripe)
    pen.line([(-0.6, 0.7), (-0.5, 0.62), (-0.5, 0.56)], 0.045, shirt)
    pen.line([(-0.7, 0.7), (-0.62, 0.56), (-0.52, 0.54)], 0.045, shirt)
    pen.oval((-0.64, 0.83), 0.052, 0.062, skin)
    pen.oval((-0.64, 0.875), 0.115, 0.022, from_hex("e8c97a"))
    pen.shape([(-0.7, 0.88), (-0.69, 0.94), (-0.59, 0.94), (-0.58, 0.88)], from_hex("e8c97a"))
    pen.box(-0.695, 0.882, 0.11, 0.022, stripe)


def draw_balloon(pen: Pen, palette: Palette) -> None:
    """A striped hot-air balloon."""
    colours = (palette.accent, SAILCLOTH, palette.second_accent, SAILCLOTH)
    rope = darker(palette.near, 0.1)
    for x in (-0.05, 0.05):
        pen.line([(x * 1.4, 0.31), (x, 0.13)], 0.008, rope)
    gores = 8
    for gore in range(gores):
        start, end = (math.pi * (edge / gores) for edge in (gore, gore + 1))
        left, right = -math.cos(start) * 0.36, -math.cos(end) * 0.36
        colour = colours[gore % len(colours)]
        shade = darker(mix(colour, palette.mist, 0.12), 0.05 + 0.24 * gore / gores)
        pen.polygon([*_meridian(left), *reversed(_meridian(right))], shade)
    basket = mix(from_hex("8a5a34"), palette.near, 0.25)
    pen.polygon([(-0.06, 0.13), (0.06, 0.13), (0.05, 0.0), (-0.05, 0.0)], basket)
    pen.box(-0.066, 0.115, 0.132, 0.025, darker(basket, 0.3))


def _meridian(reach: float) -> list[tuple[float, float]]:
    """A line from the crown of the envelope to its mouth; `reach` is how far out it bulges."""
    crown = [
        (reach * math.sin(angle), 0.64 + 0.36 * math.cos(angle))
        for angle in (step * math.pi / 24 for step in range(13))
    ]
    skirt = [
        (reach * (0.2 + 0.8 * math.cos(part * math.pi / 2) ** 1.15), 0.64 - 0.34 * part)
        for part in (step / 12 for step in range(1, 13))
    ]
    return [*crown, *skirt]
