"""Models that take width and height, each a multiple of a divisor and up to a limit."""

import math
from collections.abc import Iterator
from fractions import Fraction

from bot.domain.models.image_model import PixelSizing
from bot.domain.sizing.choice import PixelSize
from bot.domain.sizing.errors import AspectNotTaken, AspectUnreachable, TierNotTaken
from bot.domain.sizing.ratio import AUTO, COMMON_RATIOS, TOLERANCE, distance, read_ratio
from bot.domain.sizing.wish import SizeWish

TARGET_AREA_PX = 1024 * 1024


def fit_pixels(sizing: PixelSizing, wish: SizeWish) -> PixelSize:
    """The size for a wish; a square where nothing was wished.

    Raises:
        SizingError: if the model cannot make it.
    """
    if wish.tier is not None:
        raise TierNotTaken(wish.tier, example_sizes(sizing))
    if wish.aspect == AUTO:
        raise AspectNotTaken(AUTO, COMMON_RATIOS)
    if wish.pixels is not None:
        return _snapped(sizing, wish.pixels)
    size = _size_for_ratio(sizing, wish.ratio or Fraction(1))
    if size is None:
        raise AspectUnreachable(wish.aspect or COMMON_RATIOS[0], sizing.max_side)
    return size


def example_sizes(sizing: PixelSizing) -> tuple[str, ...]:
    """Sizes that the model takes, for the common ratios."""
    ratios = filter(None, map(read_ratio, COMMON_RATIOS))
    return tuple(f"{size}" for ratio in ratios if (size := _size_for_ratio(sizing, ratio)))


def _snapped(sizing: PixelSizing, asked: PixelSize) -> PixelSize:
    """The nearest multiples of the divisor, scaled down first where a side is over the limit."""
    scale = min(Fraction(1), Fraction(sizing.max_side, max(asked.width, asked.height)))
    return PixelSize(
        _nearest_multiple(asked.width * scale, sizing),
        _nearest_multiple(asked.height * scale, sizing),
    )


def _nearest_multiple(length: Fraction, sizing: PixelSizing) -> int:
    largest = sizing.max_side // sizing.divisor
    steps = math.floor(length / sizing.divisor + Fraction(1, 2))
    return min(max(steps, 1), largest) * sizing.divisor


def _size_for_ratio(sizing: PixelSizing, ratio: Fraction) -> PixelSize | None:
    """The largest exact size of at most 1024² pixels, else the nearest within 3 %."""
    return _largest_exact(sizing, ratio) or _nearest(sizing, ratio)


def _largest_exact(sizing: PixelSizing, ratio: Fraction) -> PixelSize | None:
    """Exact sizes are whole multiples of one smallest size; take the largest that is allowed."""
    unit = math.lcm(
        sizing.divisor // math.gcd(ratio.numerator, sizing.divisor),
        sizing.divisor // math.gcd(ratio.denominator, sizing.divisor),
    )
    width, height = ratio.numerator * unit, ratio.denominator * unit
    by_side = sizing.max_side // max(width, height)
    by_area = math.isqrt(TARGET_AREA_PX // (width * height))
    times = min(by_side, by_area)
    return PixelSize(width * times, height * times) if times else None


def _nearest(sizing: PixelSizing, ratio: Fraction) -> PixelSize | None:
    """The closest ratio among the sizes of at least three quarters of the largest area in reach.

    Small sizes can come closer to an odd ratio than large ones; a better ratio is not worth a
    thumbnail.
    """
    near = [
        size for size in _sizes_along(sizing, ratio) if distance(size.ratio, ratio) <= TOLERANCE
    ]
    if not near:
        return None
    largest_area = max(size.area for size in near)
    large = [size for size in near if 4 * size.area >= 3 * largest_area]
    return min(large, key=lambda size: (distance(size.ratio, ratio), -size.width))


def _sizes_along(sizing: PixelSizing, ratio: Fraction) -> Iterator[PixelSize]:
    """For each allowed width, the heights on both sides of the ratio."""
    for width in range(sizing.divisor, sizing.max_side + 1, sizing.divisor):
        below = int(width / ratio) // sizing.divisor * sizing.divisor
        for height in (below, below + sizing.divisor):
            size = PixelSize(width, height)
            if 0 < height <= sizing.max_side and size.area <= TARGET_AREA_PX:
                yield size
