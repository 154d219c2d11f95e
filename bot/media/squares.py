"""Small pictures as squares, to be put beside others."""

from pathlib import Path

import structlog
from PIL import Image, ImageOps

from bot.media.thumbnails import UNREADABLE

log = structlog.get_logger(__name__)


def square(path: Path, side_px: int) -> Image.Image | None:
    """The middle of a small picture on disk as a square; None if it cannot be read."""
    try:
        with Image.open(path, formats=("WEBP",)) as opened:
            return ImageOps.fit(opened.convert("RGBA"), (side_px, side_px))
    except UNREADABLE:
        log.warning("thumbnail_not_read", path=f"{path}", exc_info=True)
        return None
