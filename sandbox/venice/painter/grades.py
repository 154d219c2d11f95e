"""Manners that change tone and colour."""

import hashlib
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from sandbox.venice.painter.colour import Colour, mix

NOIR_CONTRAST = 1.5
BAR_RATIO = 2.0
"""The ratio of the picture between a film's bars."""


def gradient_mapped(picture: Image.Image, tones: Sequence[Colour]) -> Image.Image:
    """The picture in the tones, from the first in its shadows to the last in its lights."""
    spans = len(tones) - 1
    ramp: list[Colour] = []
    for level in range(256):
        place = level / 255 * spans
        step = min(int(place), spans - 1)
        ramp.append(mix(tones[step], tones[step + 1], place - step))
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    return Image.merge("RGB", [grey.point([tone[part] for tone in ramp]) for part in range(3)])


def monochrome(picture: Image.Image, _dice: Random) -> Image.Image:
    """Black and white, a little more contrast."""
    return ImageOps.autocontrast(picture.convert("L"), cutoff=1).convert("RGB")


def noir(picture: Image.Image, dice: Random) -> Image.Image:
    """Black and white, hard."""
    hard = ImageEnhance.Contrast(monochrome(picture, dice)).enhance(NOIR_CONTRAST)
    return ImageEnhance.Brightness(hard).enhance(0.82)


def sepia(picture: Image.Image, _dice: Random) -> Image.Image:
    """Old varnish."""
    toned = ImageOps.colorize(picture.convert("L"), "#1c0f08", "#fbeccb", mid="#9a6a3a")
    return Image.blend(picture, toned, 0.72)


def two_tone(picture: Image.Image, _dice: Random) -> Image.Image:
    """Dark shapes on a light ground, coloured as the picture is."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=2)
    steep = grey.point([min(255, max(0, level - 96) * 3) for level in range(256)])
    sky = picture.resize((8, 8)).resize(picture.size, Image.Resampling.BICUBIC)
    lit = ImageEnhance.Brightness(sky).enhance(1.5)
    return Image.composite(lit, Image.new("RGB", picture.size, "#0b0a14"), steep)


def analog_film(picture: Image.Image, _dice: Random) -> Image.Image:
    """Lifted shadows, warm lights, less colour."""
    faded = ImageEnhance.Color(picture).enhance(0.72)
    red = faded.getchannel("R").point([min(255, 18 + round(v * 0.95)) for v in range(256)])
    green = faded.getchannel("G").point([min(255, 14 + round(v * 0.93)) for v in range(256)])
    blue = faded.getchannel("B").point([min(255, 24 + round(v * 0.84)) for v in range(256)])
    return Image.merge("RGB", (red, green, blue))


def cinematic(picture: Image.Image, _dice: Random) -> Image.Image:
    """Teal shadows, orange lights, bars above and below."""
    toned = ImageOps.colorize(picture.convert("L"), "#06222b", "#ffe2b8", mid="#8a7a6c")
    graded = ImageEnhance.Contrast(Image.blend(picture, toned, 0.38)).enhance(1.14)
    bar = max(picture.height // 12, round((picture.height - picture.width / BAR_RATIO) / 8))
    graded.paste("#050507", (0, 0, picture.width, bar))
    graded.paste("#050507", (0, picture.height - bar, picture.width, picture.height))
    return graded


def vivid(picture: Image.Image, _dice: Random) -> Image.Image:
    """More of everything."""
    sharp = picture.filter(ImageFilter.UnsharpMask(radius=6, percent=60, threshold=2))
    return ImageEnhance.Color(ImageEnhance.Contrast(sharp).enhance(1.12)).enhance(1.35)


def neon(picture: Image.Image, _dice: Random) -> Image.Image:
    """Magenta and cyan out of the dark, glowing."""
    toned = ImageOps.colorize(picture.convert("L"), "#05021a", "#8ff4ff", mid="#8a1fa8")
    mixed = ImageEnhance.Contrast(Image.blend(picture, toned, 0.62)).enhance(1.35)
    return ImageChops.screen(mixed, _glow(mixed, darkness=150))


def dreamy(picture: Image.Image, _dice: Random) -> Image.Image:
    """Soft light over everything."""
    light = ImageEnhance.Brightness(picture).enhance(1.05)
    veiled = ImageChops.screen(light, _glow(light, darkness=120))
    return Image.blend(light, veiled, 0.75)


def posterized(picture: Image.Image, dice: Random) -> Image.Image:
    """A few flat colours."""
    colours = dice.randint(12, 16)
    soft = ImageEnhance.Color(picture.filter(ImageFilter.GaussianBlur(1.2))).enhance(1.3)
    flat = soft.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    return flat.convert("RGB")


def psychedelic(picture: Image.Image, dice: Random) -> Image.Image:
    """Hues that run around the wheel with the light."""
    hue, _, value = picture.convert("HSV").split()
    turn = dice.randrange(256)
    ringed = ImageChops.add_modulo(
        hue.point([(level * 2 + turn) % 256 for level in range(256)]),
        value.point([level * 2 % 256 for level in range(256)]),
    )
    full = Image.new("L", picture.size, 215)
    bright = value.point([min(255, 60 + level) for level in range(256)])
    wild = Image.merge("HSV", (ringed, full, bright)).convert("RGB")
    return Image.blend(picture, wild, 0.75)


def tilt_shift(picture: Image.Image, _dice: Random) -> Image.Image:
    """Sharp in a band, blurred above and below, like a model."""
    small = picture.reduce(2).filter(ImageFilter.GaussianBlur(4))
    blurred = small.resize(picture.size, Image.Resampling.BICUBIC)
    sharpness = Image.new("L", (1, 64))
    sharpness.putdata(
        [round(255 * min(1.0, max(0.0, abs(row / 63 - 0.62) * 4 - 0.55))) for row in range(64)]
    )
    mask = sharpness.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageEnhance.Color(Image.composite(blurred, picture, mask)).enhance(1.4)


def shifted(style: str) -> Callable[[Image.Image, Random], Image.Image]:
    """A shift of colours that belongs to a style's name."""
    digest = hashlib.sha256(style.encode()).digest()
    turn, strength = digest[0] / 255 * 2 - 1, 1.05 + digest[1] / 255 * 0.4

    def grade(picture: Image.Image, _dice: Random) -> Image.Image:
        hue, depth, value = picture.convert("HSV").split()
        offset = round(turn * 26) or 9
        turned = hue.point([(level + offset) % 256 for level in range(256)])
        shift = Image.merge("HSV", (turned, depth, value)).convert("RGB")
        return ImageEnhance.Contrast(shift).enhance(strength)

    return grade


def _glow(picture: Image.Image, *, darkness: int) -> Image.Image:
    """What is light, blurred."""
    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)))
    span = 255 - darkness
    bright = small.point([max(0, level - darkness) * 255 // span for level in range(256)] * 3)
    soft = bright.filter(ImageFilter.GaussianBlur(4))
    return ImageEnhance.Brightness(soft.resize(picture.size, Image.Resampling.BICUBIC)).enhance(0.6)
