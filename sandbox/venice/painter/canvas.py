"""The canvas: an image twice as fine as the picture, and the strokes every scene uses."""

import math
from collections.abc import Sequence
from typing import Self

from PIL import Image, ImageDraw

from sandbox.venice.painter.colour import Colour, mix
from sandbox.venice.painter.geometry import Point, smooth_outline

FINENESS = 2
"""Canvas pixels for one of the picture's, in each direction, so that edges come out smooth."""


class Canvas:
    """Where a scene is painted; lengths are in canvas pixels.

    Attributes:
        width: of the canvas.
        height: of the canvas.
        unit: the shorter side, by which things are sized.
        image: the paint so far.
        draw: Pillow's pen on it.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width * FINENESS
        self.height = height * FINENESS
        self.unit = min(self.width, self.height)
        self.image = Image.new("RGB", (self.width, self.height))
        self.draw = ImageDraw.Draw(self.image)

    @classmethod
    def over(cls, picture: Image.Image) -> Self:
        """A canvas with a picture on it already."""
        canvas = cls(picture.width, picture.height)
        canvas.image.paste(picture.resize((canvas.width, canvas.height)), (0, 0))
        return canvas

    def finished(self) -> Image.Image:
        """The picture, in its own size."""
        return self.image.reduce(FINENESS)

    def gradient(self, stops: Sequence[Colour], *, top: float, bottom: float) -> None:
        """Paints a band from the first colour at the top to the last at the bottom."""
        first, last = max(0, round(top)), min(self.height, round(bottom))
        if last > first:
            band = vertical_gradient(stops, self.width, last - first)
            self.image.paste(band, (0, first))

    def glow(self, centre: Point, radius: float, colour: Colour, *, strength: float) -> None:
        """Paints light that fades with the distance."""
        size = max(2, round(radius * 2))
        fade = _FADE.point([round(level * strength) for level in range(256)])
        mask = fade.resize((size, size), Image.Resampling.BILINEAR)
        corner = (round(centre[0] - size / 2), round(centre[1] - size / 2))
        self.image.paste(colour, (*corner, corner[0] + size, corner[1] + size), mask)

    def veil(self, colour: Colour, *, top: float, bottom: float, strength: float) -> None:
        """Lays mist over a band: nothing at its top, most at its bottom."""
        first, last = round(top), round(bottom)
        if last <= first:
            return
        levels = Image.linear_gradient("L").point([round(level * strength) for level in range(256)])
        mask = levels.resize((self.width, last - first), Image.Resampling.BILINEAR)
        self.image.paste(colour, (0, first, self.width, last), mask)

    def haze(self, colour: Colour, *, middle: float, reach: float, strength: float) -> None:
        """Lays a bank of fog over a band: most in the middle, nothing at its edges."""
        first, last = round(middle - reach), round(middle + reach)
        levels = Image.linear_gradient("L").point(
            [round(255 * strength * math.sin(math.pi * level / 255) ** 2) for level in range(256)]
        )
        mask = levels.resize((self.width, last - first), Image.Resampling.BILINEAR)
        self.image.paste(colour, (0, first, self.width, last), mask)

    def land(self, skyline: Sequence[Point], colour: Colour, *, foot: Colour, depth: float) -> None:
        """Paints everything below a skyline, from its colour to another at the foot."""
        top = max(0, int(min(y for _, y in skyline)))
        if top >= self.height:
            return
        bottom = min(self.height, round(top + depth))
        mask = Image.new("L", (self.width, self.height - top))
        outline = [(x, y - top) for x, y in skyline]
        edges = [(self.width, self.height), (0, self.height)]
        ImageDraw.Draw(mask).polygon([*outline, *edges], fill=255)
        body = Image.new("RGB", mask.size, foot)
        if bottom > top:
            body.paste(vertical_gradient((colour, foot), self.width, bottom - top), (0, 0))
        self.image.paste(body, (0, top), mask)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """Paints a smooth closed shape."""
        self.draw.polygon(smooth_outline(points), fill=colour)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """Paints a disc."""
        x, y = centre
        self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def tint(self, mask: Image.Image, colour: Colour, box: tuple[int, int, int, int]) -> None:
        """Paints a colour through a mask, stretched over a box."""
        size = (box[2] - box[0], box[3] - box[1])
        self.image.paste(colour, box, mask.resize(size, Image.Resampling.BICUBIC))


def vertical_gradient(stops: Sequence[Colour], width: int, height: int) -> Image.Image:
    """An image that runs through the colours from top to bottom."""
    column = Image.new("RGB", (1, height))
    spans = len(stops) - 1
    colours = []
    for row in range(height):
        place = row / max(1, height - 1) * spans
        step = min(int(place), spans - 1)
        colours.append(mix(stops[step], stops[step + 1], place - step))
    column.putdata(colours)
    return column.resize((width, height), Image.Resampling.NEAREST)


def _fade_mask() -> Image.Image:
    """Light around a point: full in the middle, nothing at the rim, falling off as light does."""
    distance = Image.radial_gradient("L")
    return distance.point([round(255 * max(0.0, 1 - level / 180) ** 2.2) for level in range(256)])


_FADE = _fade_mask()
