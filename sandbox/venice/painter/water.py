"""Water: what stands above it, mirrored, with ripples and the light's path."""

import math
from random import Random

from PIL import Image, ImageChops

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, lighter, mix
from sandbox.venice.painter.palette import Palette

BANDS = 90


def paint_reflection(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    *,
    shore: float,
    light_x: float | None,
    depth_tint: Colour | None = None,
) -> None:
    """Turns everything below the shore into water that mirrors what is above."""
    first = round(shore)
    height = canvas.height - first
    source_height = min(first, round(height * 1.15))
    above = canvas.image.crop((0, first - source_height, canvas.width, first))
    mirrored = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
        (canvas.width, height), Image.Resampling.BILINEAR
    )
    deep = depth_tint or mix(palette.near, palette.sky[0], 0.35)
    _rippled(canvas, mirrored, dice, top=first)
    canvas.image.paste(
        lighter(palette.mist, 0.1), (0, first, canvas.width, canvas.height), _level(mirrored, 26)
    )
    canvas.veil(deep, top=first, bottom=canvas.height, strength=0.62)
    paint_ripples(canvas, palette, dice, shore=shore, light_x=light_x)


def paint_ripples(
    canvas: Canvas, palette: Palette, dice: Random, *, shore: float, light_x: float | None
) -> None:
    """Strokes of light on the water, longer and further apart in front."""
    depth = canvas.height - shore
    glint = mix(palette.light, palette.mist, 0.25)
    for _ in range(150):
        nearness = dice.random() ** 1.4
        y = shore + depth * (0.015 + 0.97 * nearness)
        on_path = light_x is not None and dice.random() < 0.6  # noqa: PLR2004 - the light's share
        spread = canvas.unit * (0.02 + 0.1 * nearness)
        if on_path and light_x is not None:
            x = light_x + dice.gauss(0, spread)
        else:
            x = dice.random() * canvas.width
        length = canvas.unit * (0.008 + 0.06 * nearness) * dice.uniform(0.4, 1.2)
        thickness = canvas.unit * (0.0008 + 0.0026 * nearness)
        shade = glint if on_path else mix(palette.mist, palette.near, 0.25 + 0.4 * nearness)
        canvas.draw.ellipse((x - length, y - thickness, x + length, y + thickness), fill=shade)


def _rippled(canvas: Canvas, mirrored: Image.Image, dice: Random, *, top: int) -> None:
    """Pastes the mirror image in bands that sway, further in front."""
    phase = dice.uniform(0, math.tau)
    edge = 0
    for band in range(BANDS):
        end = round(mirrored.height * ((band + 1) / BANDS) ** 1.5)
        if end <= edge:
            continue
        nearness = band / BANDS
        sway = round(
            canvas.unit * (0.0012 + 0.007 * nearness) * math.sin(band * 1.9 + phase)
            + canvas.unit * 0.002 * dice.uniform(-1, 1)
        )
        strip = mirrored.crop((0, edge, mirrored.width, end))
        canvas.image.paste(ImageChops.offset(strip, sway, 0), (0, top + edge))
        edge = end


def _level(like: Image.Image, level: int) -> Image.Image:
    return Image.new("L", like.size, level)
