"""Manners that change how the paint is laid."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from sandbox.venice.painter.noise import soft_noise

PAPER = (250, 246, 236)
INK = (28, 25, 38)
HALFTONE_CELL_PX = 9


def watercolour(picture: Image.Image, dice: Random) -> Image.Image:
    """Washes with darker rims, on paper that shows at the edges."""
    bright = ImageEnhance.Color(ImageEnhance.Brightness(picture).enhance(1.16)).enhance(1.45)
    small = bright.reduce(3).filter(ImageFilter.ModeFilter(7))
    wash = small.resize(picture.size, Image.Resampling.BICUBIC)
    rims = _edges(small, steps=40).resize(picture.size, Image.Resampling.BICUBIC)
    wash.paste(Image.blend(wash, Image.new("RGB", wash.size, INK), 0.35), (0, 0), rims)
    pale = Image.blend(wash, Image.new("RGB", wash.size, PAPER), 0.16)
    grain = soft_noise(dice, width=256, height=256, cells=24, octaves=4).resize(picture.size)
    wet = ImageChops.multiply(
        pale,
        Image.merge("RGB", (grain.point([min(255, 205 + v * 80 // 255) for v in range(256)]),) * 3),
    )
    return Image.composite(wet, Image.new("RGB", wet.size, PAPER), _deckle(picture.size, dice))


def line_art(picture: Image.Image, _dice: Random) -> Image.Image:
    """Ink on paper."""
    soft = picture.filter(ImageFilter.GaussianBlur(1.4))
    lines = _edges(soft, steps=14)
    paper = Image.blend(picture, Image.new("RGB", picture.size, PAPER), 0.9)
    paper.paste(INK, (0, 0, *picture.size), lines)
    return paper


def comic(picture: Image.Image, _dice: Random) -> Image.Image:
    """Flat inks, halftone shadows, black outlines."""
    flat = ImageOps.posterize(ImageEnhance.Color(picture).enhance(1.5), 3)
    dots = _halftone(picture.convert("L"))
    shaded = Image.composite(ImageEnhance.Brightness(flat).enhance(0.66), flat, dots)
    outlines = _edges(picture.filter(ImageFilter.GaussianBlur(1.6)), steps=10)
    shaded.paste(INK, (0, 0, *picture.size), outlines)
    return shaded


def points(picture: Image.Image, dice: Random) -> Image.Image:
    """Dots of pure colour."""
    return _dabbed(picture, dice, size=0.0062, stretch=1.0, wildness=26)


def dabs(picture: Image.Image, dice: Random) -> Image.Image:
    """Short broken strokes."""
    return _dabbed(picture, dice, size=0.0085, stretch=2.1, wildness=18)


def _dabbed(
    picture: Image.Image, dice: Random, *, size: float, stretch: float, wildness: int
) -> Image.Image:
    unit = min(picture.size)
    radius = max(1.5, unit * size)
    ground = picture.reduce(6).resize(picture.size, Image.Resampling.BICUBIC)
    pixels = picture.load()
    if pixels is None:
        return picture
    pen = ImageDraw.Draw(ground)
    rows = math.ceil(picture.height / (radius * 1.15))
    columns = math.ceil(picture.width / (radius * 1.15 * stretch))
    for cell in dice.sample(range(rows * columns), rows * columns):
        x = (cell % columns + dice.random()) * picture.width / columns
        y = (cell // columns + dice.random()) * picture.height / rows
        at = pixels[min(int(x), picture.width - 1), min(int(y), picture.height - 1)]
        if not isinstance(at, tuple):
            continue
        shift = dice.randint(-wildness, wildness)
        tone = (at[0] + shift, at[1] + shift // 2, at[2] - shift)
        reach = radius * dice.uniform(0.7, 1.25)
        pen.ellipse((x - reach * stretch, y - reach, x + reach * stretch, y + reach), fill=tone)
    return ground


def _edges(picture: Image.Image, *, steps: int) -> Image.Image:
    """Where the picture changes, as a mask."""
    grey = picture.convert("L").filter(ImageFilter.FIND_EDGES)
    # The filter marks the frame itself, which is no edge of the picture.
    ImageDraw.Draw(grey).rectangle((0, 0, grey.width - 1, grey.height - 1), outline=0, width=2)
    return grey.point([min(255, max(0, level - 5) * 255 // steps) for level in range(256)])


def _halftone(grey: Image.Image) -> Image.Image:
    """White dots that grow with the shadow."""
    cell = HALFTONE_CELL_PX
    columns, rows = math.ceil(grey.width / cell), math.ceil(grey.height / cell)
    small = grey.resize((columns, rows), Image.Resampling.BOX).tobytes()
    mask = Image.new("L", grey.size)
    pen = ImageDraw.Draw(mask)
    for row in range(rows):
        for column in range(columns):
            shadow = 1 - small[row * columns + column] / 255
            reach = cell * 0.62 * max(0.0, shadow - 0.35)
            if reach > 0.5:  # noqa: PLR2004 - smaller dots would not show
                x, y = (column + 0.5 + row % 2 / 2) * cell, (row + 0.5) * cell
                pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    return mask


def _deckle(size: tuple[int, int], dice: Random) -> Image.Image:
    """White inside a ragged edge."""
    width, height = 256, max(2, round(256 * size[1] / size[0]))
    inside = Image.new("L", (width, height))
    ImageDraw.Draw(inside).rectangle((9, 9, width - 10, height - 10), fill=255)
    soft = inside.filter(ImageFilter.GaussianBlur(5))
    ragged = ImageChops.add(soft, soft_noise(dice, width=width, height=height, cells=20), 1, -128)
    mask = ragged.point([min(255, max(0, v - 96) * 8) for v in range(256)])
    solid = Image.new("L", (width, height))
    ImageDraw.Draw(solid).rectangle((22, 22, width - 23, height - 23), fill=255)
    return ImageChops.lighter(mask, solid).resize(size, Image.Resampling.BICUBIC)
