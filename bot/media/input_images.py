"""Pictures that members bring, made fit to be sent: examined, upright, without metadata.

A file is believed in nothing: its type is read from its bytes, its size from its header before a
pixel is decoded, and it is decoded once, so that what is damaged is found here and not by the
image service. A bare file stays as it is; others are written anew without what they carry.
"""

import asyncio
import hashlib
import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile, get_sampling
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.domain.tools.errors import PictureUnreadable
from bot.domain.tools.picture_errors import PictureAnimated
from bot.domain.tools.source_limits import SourceType, check_area, check_bytes, taken_type
from bot.media.bareness import is_bare, stripped_webp

_AT_ONCE = 1
"""A picture of the most pixels takes over 100 MB while it is decoded."""

_WEBP_QUALITY = 90
_WEBP_METHOD = 2
"""Larger numbers take a large picture's time many times over."""

_UNKNOWN_SAMPLING = -1
_KEPT_INFO = frozenset({"icc_profile", "transparency"})
_ORIENTATION = 0x0112
_UPRIGHT = 1

_READERS: Mapping[SourceType, type[ImageFile]] = MappingProxyType(
    {
        SourceType.PNG: PngImageFile,
        SourceType.JPEG: JpegImageFile,
        SourceType.WEBP: WebPImageFile,
    }
)
"""Named, so that no other of Pillow's readers is ever handed a member's file."""

_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    MemoryError,
    Image.DecompressionBombError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise for files that are damaged or made to do damage."""


@dataclass(frozen=True, slots=True)
class FitPicture:
    """A picture that can be sent and kept, as a `PictureBody`. Its sides are in pixels."""

    data: bytes
    content_type: str
    width: int
    height: int

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""
        return len(self.data)

    def write_to(self, path: Path) -> str:
        """Write the bytes to a new file and return their SHA-256 in hex. For a thread.

        Raises:
            OSError: if they cannot be written.
        """
        with path.open("xb") as file:
            file.write(self.data)
        return hashlib.sha256(self.data).hexdigest()

    async def read(self) -> bytes:
        """All the bytes."""
        return self.data

    async def aclose(self) -> None:
        """Nothing is to be let go of: the bytes are in memory."""


class InputImages:
    """Examines pictures in threads, one after the other."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def fit(self, data: bytes) -> FitPicture:
        """A picture that can be used, upright and without metadata.

        Raises:
            MemberError: as `fit_picture` does.
        """
        async with self._turns:
            return await asyncio.to_thread(fit_picture, data)


def fit_picture(data: bytes) -> FitPicture:
    """A picture that can be used, upright and without metadata; belongs in a thread.

    Raises:
        PictureTooHeavy, PictureTooLarge: if it has more bytes or pixels than anything takes.
        PictureTypeNotTaken: if it is something else than a PNG, a JPEG or a WebP.
        PictureAnimated: if it moves.
        PictureUnreadable: if it is damaged.
    """
    check_bytes(len(data))
    kind = taken_type(data)
    try:
        with _READERS[kind](io.BytesIO(data)) as opened:
            check_area(opened.width, opened.height)
            if getattr(opened, "is_animated", False):
                raise PictureAnimated
            opened.load()
            if is_bare(data, kind):
                return FitPicture(data, kind, opened.width, opened.height)
            return _rewritten(opened, data, kind)
    except _UNREADABLE:
        raise PictureUnreadable from None


def _rewritten(opened: ImageFile, data: bytes, kind: SourceType) -> FitPicture:
    """The same picture as a file of the same type, turned as its orientation says."""
    turned = opened.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    if kind is SourceType.WEBP and not turned:
        return FitPicture(stripped_webp(data), kind, opened.width, opened.height)
    how = _manner(opened)
    upright = ImageOps.exif_transpose(opened) if turned else opened
    # What a picture carries is written by Pillow from here, for some types unasked.
    upright.info = {name: value for name, value in opened.info.items() if name in _KEPT_INFO}
    written = io.BytesIO()
    upright.save(written, kind.name, icc_profile=upright.info.get("icc_profile"), **how)
    check_bytes(written.tell())
    return FitPicture(written.getvalue(), kind, upright.width, upright.height)


def _manner(opened: ImageFile) -> Mapping[str, object]:
    """How a picture is written so that it neither grows nor loses what can be seen."""
    match opened:
        case JpegImageFile():
            sampling = get_sampling(opened)
            kept = {} if sampling == _UNKNOWN_SAMPLING else {"subsampling": sampling}
            return {"qtables": opened.quantization, **kept}
        case WebPImageFile():
            return {"quality": _WEBP_QUALITY, "method": _WEBP_METHOD}
        case _:
            return {}
