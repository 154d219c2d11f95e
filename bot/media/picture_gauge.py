"""Measuring kept pictures: by their headers, in threads, without decoding them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from bot.domain.errors import PictureGone
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.sizing import PixelSize
from bot.domain.tools.errors import PictureUnreadable


class PictureGauge:
    """Measures pictures of a picture store.

    Args:
        path_of: where a picture lies.
    """

    def __init__(self, path_of: Callable[[StoredPicture], Path]) -> None:
        self._path_of = path_of

    async def size_of(self, picture: StoredPicture) -> PixelSize:
        """A picture's size.

        Raises:
            PictureGone: if it is no longer kept.
            PictureUnreadable: if its header cannot be read.
        """
        return await asyncio.to_thread(_measured, self._path_of(picture))


def _measured(path: Path) -> PixelSize:
    try:
        with Image.open(path) as opened:
            return PixelSize(*opened.size)
    except FileNotFoundError:
        raise PictureGone from None
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise PictureUnreadable from error
