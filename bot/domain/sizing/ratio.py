"""Aspect ratios: how they are written, and how far two are apart."""

import math
import re
from fractions import Fraction

AUTO = "auto"
"""The ratio that some models list for "choose one yourself"."""

COMMON_RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9")

TOLERANCE = math.log(1.03)
"""How far a ratio may be off, as a difference of logarithms: 3 %."""

_SIDE = r"\d{1,4}(?:\.\d{1,3})?"
_RATIO = re.compile(rf"({_SIDE})\s*[:/x×]\s*({_SIDE})", re.IGNORECASE)


def read_ratio(text: str) -> Fraction | None:
    """Width over height of `16:9`, `16x9`, `16/9` or `19.5:9`; None if it is no ratio."""
    found = _RATIO.fullmatch(text)
    if found is None:
        return None
    width, height = Fraction(found[1]), Fraction(found[2])
    return width / height if width and height else None


def plain_spelling(text: str) -> str:
    """A ratio as `16:9`, however it was typed; whatever is no ratio stays as it is."""
    return _RATIO.sub(r"\1:\2", text)


def distance(one: Fraction, other: Fraction) -> float:
    """How far two ratios are apart: the difference of their logarithms."""
    return abs(math.log(one / other))
