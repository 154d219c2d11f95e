"""The stand-in's idea of what is unsafe: single words in the prompt, so that anyone can ask for it.

| a prompt with the word | is | and is answered with |
| --- | --- | --- |
| `lewd` | adult | the picture, blurred where `safe_mode` is true |
| `forbidden` | a violation of the terms | a black picture and no charge; a 422 on the edit routes |
"""

import re
from enum import Enum

from PIL import Image, ImageFilter


class Verdict(Enum):
    """What a prompt asks for."""

    CLEAN = "clean"
    ADULT = "adult"
    VIOLATION = "violation"


_ADULT = re.compile(r"\blewd\b", re.IGNORECASE)
_VIOLATION = re.compile(r"\bforbidden\b", re.IGNORECASE)


def judge(prompt: str) -> Verdict:
    """Says what a prompt asks for; a violation outweighs the rest."""
    if _VIOLATION.search(prompt):
        return Verdict.VIOLATION
    return Verdict.ADULT if _ADULT.search(prompt) else Verdict.CLEAN


def blurred(picture: Image.Image) -> Image.Image:
    """The picture, blurred until only its colours are left."""
    small = picture.resize((max(1, picture.width // 16), max(1, picture.height // 16)))
    soft = small.filter(ImageFilter.GaussianBlur(2.5))
    return soft.resize(picture.size, Image.Resampling.BICUBIC)


def blacked_out(width: int, height: int) -> Image.Image:
    """The picture that stands for one that must not be shown."""
    return Image.new("RGB", (width, height))


def signal_headers(verdict: Verdict, *, safe_mode: bool) -> dict[str, str]:
    """The two headers that tell a caller what was done to a picture."""
    is_blurred = verdict is Verdict.ADULT and safe_mode
    return {
        "x-venice-is-blurred": str(is_blurred).lower(),
        "x-venice-is-content-violation": str(verdict is Verdict.VIOLATION).lower(),
    }
