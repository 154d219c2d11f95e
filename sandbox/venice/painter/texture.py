"""The surface: paper grain and a vignette, laid over every picture."""

from random import Random

from PIL import Image, ImageChops

GRAIN_TILE_PX = 192
GRAIN_STRENGTH = 6
"""How far grain may lighten or darken, in levels of 255."""

VIGNETTE_STRENGTH = 0.2


def finish(picture: Image.Image, dice: Random) -> Image.Image:
    """Lays grain and a vignette over a picture."""
    return _grained(_vignetted(picture), dice)


def _vignetted(picture: Image.Image) -> Image.Image:
    levels = [
        round(255 * VIGNETTE_STRENGTH * max(0.0, (level - 120) / 135) ** 1.6)
        for level in range(256)
    ]
    distance = Image.radial_gradient("L").resize((64, 64), Image.Resampling.BILINEAR)
    # Stretched beyond the frame, so that only the corners are reached.
    inner = distance.crop((6, 6, 58, 58)).point(levels)
    mask = inner.resize(picture.size, Image.Resampling.BICUBIC)
    darkened = picture.copy()
    darkened.paste((18, 12, 30), (0, 0, *picture.size), mask)
    return darkened


def _grained(picture: Image.Image, dice: Random) -> Image.Image:
    side, strength = GRAIN_TILE_PX, GRAIN_STRENGTH
    noise = Image.frombytes("L", (side, side), dice.randbytes(side * side))
    tile = noise.point([128 - strength + round(level / 255 * 2 * strength) for level in range(256)])
    sheet = Image.new("L", picture.size)
    for top in range(0, picture.height, side):
        for left in range(0, picture.width, side):
            sheet.paste(tile, (left, top))
    return ImageChops.add(picture, Image.merge("RGB", (sheet,) * 3), 1, -128)
