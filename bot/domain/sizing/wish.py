"""What a member asked, read from the two options as they were typed."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.sizing.choice import PixelSize
from bot.domain.sizing.errors import AspectMalformed, SizeMalformed
from bot.domain.sizing.ratio import AUTO, plain_spelling, read_ratio

_PIXELS = re.compile(r"(\d{1,5})\s*[x×*]\s*(\d{1,5})", re.IGNORECASE)
_TIER = re.compile(r"\d{1,2}(?:\.\d)?k", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SizeWish:
    """A ratio, a pixel size, a tier, or several.

    `aspect` is the ratio in plain spelling and `ratio` its value, which is None for `auto`.
    """

    aspect: str | None = None
    ratio: Fraction | None = None
    pixels: PixelSize | None = None
    tier: str | None = None


def parse_wish(*, aspect: str | None, size: str | None) -> SizeWish:
    """Read the options: `16:9` or `auto`, and `1280x720` or `2K`. A blank one is not given.

    Raises:
        AspectMalformed: if `aspect` is no ratio.
        SizeMalformed: if `size` is neither pixels nor a tier.
    """
    wish = _parse_aspect((aspect or "").strip())
    size = (size or "").strip()
    if not size:
        return wish
    if _TIER.fullmatch(size):
        return replace(wish, tier=size)
    return replace(wish, pixels=_parse_pixels(size))


def _parse_aspect(text: str) -> SizeWish:
    if not text:
        return SizeWish()
    if text.casefold() == AUTO:
        return SizeWish(aspect=AUTO)
    ratio = read_ratio(text)
    if ratio is None:
        raise AspectMalformed(text)
    return SizeWish(aspect=plain_spelling(text), ratio=ratio)


def _parse_pixels(text: str) -> PixelSize:
    found = _PIXELS.fullmatch(text)
    if found is None:
        raise SizeMalformed(text)
    width, height = int(found[1]), int(found[2])
    if not width or not height:
        raise SizeMalformed(text)
    return PixelSize(width, height)
