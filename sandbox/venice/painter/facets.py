"""Manners that cut a picture into pieces."""

import math
from collections.abc import Iterator
from random import Random

from PIL import Image, ImageDraw

from sandbox.venice.painter.colour import Colour
from sandbox.venice.painter.geometry import Point

PIXELS_ACROSS = 128
PIXEL_COLOURS = 40
FINENESS = 2
LEAD: Colour = (16, 14, 22)


def pixels(picture: Image.Image, _dice: Random) -> Image.Image:
    """Large pixels in few colours."""
    scale = PIXELS_ACROSS / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.resize(size, Image.Resampling.BOX)
    flat = small.quantize(
        PIXEL_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    return flat.convert("RGB").resize(picture.size, Image.Resampling.NEAREST)


def triangles(picture: Image.Image, dice: Random) -> Image.Image:
    """Flat triangles in the picture's colours."""
    return _cut(picture, dice, cells=26, outline=None)


def stained_glass(picture: Image.Image, dice: Random) -> Image.Image:
    """Coloured glass in lead."""
    return _cut(picture, dice, cells=15, outline=LEAD)


def _cut(picture: Image.Image, dice: Random, *, cells: int, outline: Colour | None) -> Image.Image:
    fine = Image.new("RGB", (picture.width * FINENESS, picture.height * FINENESS))
    pen = ImageDraw.Draw(fine)
    cell = max(fine.size) / cells
    small = picture.resize(
        (max(1, picture.width // 8), max(1, picture.height // 8)), Image.Resampling.BOX
    )
    lead = max(1, round(cell * 0.05))
    for corners in _triangles(fine.size, cell, dice):
        colour = _colour_at(small, fine.size, corners)
        pen.polygon(corners, fill=colour)
        if outline is not None:
            pen.line([*corners, corners[0]], fill=outline, width=lead, joint="curve")
    return fine.reduce(FINENESS)


def _triangles(
    size: tuple[int, int], cell: float, dice: Random
) -> Iterator[tuple[Point, Point, Point]]:
    """A grid whose knots have slipped, each square cut along one of its diagonals."""
    columns, rows = math.ceil(size[0] / cell) + 1, math.ceil(size[1] / cell) + 1
    slip = cell * 0.38
    knots = {
        (column, row): (
            (column - 0.25) * cell + dice.uniform(-slip, slip),
            (row - 0.25) * cell + dice.uniform(-slip, slip),
        )
        for column in range(-1, columns + 1)
        for row in range(-1, rows + 1)
    }
    for column in range(-1, columns):
        for row in range(-1, rows):
            a, b = knots[column, row], knots[column + 1, row]
            c, d = knots[column, row + 1], knots[column + 1, row + 1]
            if dice.random() < 0.5:  # noqa: PLR2004 - a coin
                yield a, b, c
                yield b, d, c
            else:
                yield a, b, d
                yield a, d, c


def _colour_at(
    small: Image.Image, size: tuple[int, int], corners: tuple[Point, Point, Point]
) -> Colour:
    x = sum(point[0] for point in corners) / 3 / size[0]
    y = sum(point[1] for point in corners) / 3 / size[1]
    column = min(max(int(x * small.width), 0), small.width - 1)
    row = min(max(int(y * small.height), 0), small.height - 1)
    found = small.getpixel((column, row))
    if not isinstance(found, tuple):
        raise TypeError("a treatment works on RGB pictures")
    return found[0], found[1], found[2]
