"""Several small pictures as one, side by side: a message takes only so many files."""

import asyncio
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from bot.media.squares import square

SIDE_PX = 256
GAP_PX = 8
_QUALITY = 80
_AT_ONCE = 2


class StripMaker:
    """Joins thumbnails into strips, in threads."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def joined(self, pictures: Sequence[Path]) -> bytes:
        """One picture of several, from the left; empty if none of them can be read."""
        async with self._turns:
            return await asyncio.to_thread(_joined, pictures)


def _joined(pictures: Sequence[Path]) -> bytes:
    squares = list(_squares(pictures))
    if not squares:
        return b""
    width = len(squares) * (SIDE_PX + GAP_PX) - GAP_PX
    strip = Image.new("RGBA", (width, SIDE_PX))
    for at, each in enumerate(squares):
        strip.paste(each, (at * (SIDE_PX + GAP_PX), 0))
    written = io.BytesIO()
    strip.save(written, "WEBP", quality=_QUALITY)
    return written.getvalue()


def _squares(pictures: Sequence[Path]) -> Iterator[Image.Image]:
    for path in pictures:
        made = square(path, SIDE_PX)
        if made is not None:
            yield made
