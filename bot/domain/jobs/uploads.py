"""How large a file may be that is sent to Discord, and how a picture is made to fit.

A file has the limit of the interaction or of the server it is sent to; a whole request has one of
its own. What is too large is shown as a smaller copy: in the WebP format, then at a lower quality,
then scaled down, so that the first sacrifice is the one that is seen least.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024

DEFAULT_FILE_LIMIT_BYTES = 10 * MIB
"""What Discord takes everywhere; boosted servers and paying members have more."""

REQUEST_LIMIT_BYTES = 25 * MIB
"""What Discord takes in one request, over all its files."""

_ENVELOPE_BYTES = 64 * 1024
"""Kept free in a request for the message itself and the boundaries between its parts."""

LARGEST_SIDE_PX = 16_383
"""The WebP format's own limit."""

_SIZE_AT_QUALITY = {90: 1.0, 80: 0.6, 65: 0.42}
"""WebP quality, and the size to expect of it beside the first one's; to guess well, not to rely
on."""

_SCALED_QUALITY = 80
_SMALLEST_SCALE = 1 / 64
_SAFETY = 0.95
"""Aim a little below the limit, for the guess is only a guess."""


@dataclass(frozen=True, slots=True)
class SmallerCopy:
    """A copy of a picture that is shown in its place."""

    path: Path
    size_bytes: int


@dataclass(frozen=True, slots=True)
class EncodingStep:
    """One way to encode a picture: a WebP quality, and the factor for both its sides."""

    quality: int
    scale: float


def file_allowances(sizes: Sequence[int], *, file_limit_bytes: int) -> tuple[int, ...]:
    """How large each file of a request may be.

    None may exceed the limit of a file, nor all of them that of a request. What small files leave
    over is shared by the large ones.
    """
    allowances = [0] * len(sizes)
    left_bytes = REQUEST_LIMIT_BYTES - _ENVELOPE_BYTES
    by_size = sorted(range(len(sizes)), key=lambda index: sizes[index])
    for waiting, index in zip(range(len(sizes), 0, -1), by_size, strict=True):
        allowances[index] = min(file_limit_bytes, left_bytes // waiting)
        left_bytes -= min(sizes[index], allowances[index])
    return tuple(allowances)


def first_step(width_px: int, height_px: int) -> EncodingStep:
    """The step that nobody sees: the whole picture, in a format that takes less."""
    return EncodingStep(max(_SIZE_AT_QUALITY), min(1.0, LARGEST_SIDE_PX / max(width_px, height_px)))


def next_step(step: EncodingStep, *, size_bytes: int, limit_bytes: int) -> EncodingStep | None:
    """What to try after a step whose outcome was too large; None if nothing is left to try.

    Steps that can be expected to fall short are skipped, for each of them costs seconds.
    """
    whole_bytes = size_bytes / _SIZE_AT_QUALITY[step.quality]
    for quality, share in _SIZE_AT_QUALITY.items():
        if quality < step.quality and whole_bytes * share <= limit_bytes:
            return EncodingStep(quality, step.scale)
    quality = min(step.quality, _SCALED_QUALITY)
    expected_bytes = whole_bytes * _SIZE_AT_QUALITY[quality]
    factor = min(_SAFETY, math.sqrt(limit_bytes / expected_bytes)) * _SAFETY
    scale = step.scale * factor
    return EncodingStep(quality, scale) if scale >= _SMALLEST_SCALE else None
