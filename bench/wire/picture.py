"""A picture of about so many bytes: coloured grain, which no format makes smaller."""

import io
import math
import random
from functools import cache

from PIL import Image

MIB = 1_048_576

_BYTES_PER_PIXEL = 3


@cache
def grain(size_bytes: int) -> bytes:
    """A PNG of about `size_bytes`."""
    side = math.isqrt(size_bytes // _BYTES_PER_PIXEL)
    noise = random.Random(7).randbytes(side * side * _BYTES_PER_PIXEL)  # noqa: S311 - the same picture at every run
    written = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(written, "PNG", compress_level=1)
    return written.getvalue()
