"""Which files are looked into at all when a member brings a picture.

The types are those that every route of the image service takes. The bounds are the widest of
`bot.domain.tools.limits`: they keep files away that no tool could use, and bombs with them. What
a single tool takes is asked when its request is planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.tools.errors import PictureTooHeavy, PictureTooLarge
from bot.domain.tools.limits import INPUT_BYTES_BELOW, MOST_EDITED_PX
from bot.domain.tools.picture_errors import PictureTypeNotTaken

MOST_BYTES = INPUT_BYTES_BELOW - 1


class SourceType(StrEnum):
    """The types of picture that are taken, by their content type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPicture:
    """A picture that a member offers, as far as Discord says what is there; None if it does not.

    The address and the rest are somebody's words, and are believed only to refuse. A `private` one
    is shown to its member alone, and so is what is made of it. A `covered` one lies behind a
    spoiler.
    """

    url: str
    content_type: str | None = None
    size_bytes: int = 0
    width: int | None = None
    height: int | None = None
    private: bool = False
    covered: bool = False


_SAYS_NOTHING = "application/octet-stream"
"""What a file is called whose name or beginning tells nothing."""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", SourceType.PNG),
    (b"\xff\xd8\xff", SourceType.JPEG),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\xff\x0a", "image/jxl"),
    (b"\x00\x00\x00\x0cJXL ", "image/jxl"),
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"<svg", "image/svg+xml"),
)

_BRANDS: Mapping[bytes, str] = MappingProxyType(
    {
        b"avif": "image/avif",
        b"avis": "image/avif",
        b"heic": "image/heic",
        b"heix": "image/heic",
        b"mif1": "image/heic",
    }
)
"""Brands of ISO media files (ISO/IEC 14496-12) that are pictures; the others are films."""


def type_of(data: bytes) -> str:
    """The content type of a file by its first bytes; what no beginning tells is octets."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return SourceType.WEBP
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video/mp4")
    return next((kind for start, kind in _BEGINNINGS if data.startswith(start)), _SAYS_NOTHING)


def taken_type(data: bytes) -> SourceType:
    """The type of a file by its first bytes.

    Raises:
        PictureTypeNotTaken: if it is none that is taken, with what was found.
    """
    found = type_of(data)
    try:
        return SourceType(found)
    except ValueError:
        raise PictureTypeNotTaken(found) from None


def check_offered(offered: OfferedPicture) -> None:
    """Refuse a picture for what is said of it.

    Raises:
        PictureTypeNotTaken, PictureTooHeavy, PictureTooLarge: the first bound it does not keep.
    """
    content_type = (offered.content_type or _SAYS_NOTHING).partition(";")[0].strip()
    if content_type not in {*SourceType, _SAYS_NOTHING}:
        raise PictureTypeNotTaken(content_type)
    check_bytes(offered.size_bytes)
    check_area(offered.width or 0, offered.height or 0)


def check_bytes(size_bytes: int) -> None:
    """Refuse a file that has too many bytes.

    Raises:
        PictureTooHeavy: with the bound.
    """
    if size_bytes > MOST_BYTES:
        raise PictureTooHeavy(size_bytes, INPUT_BYTES_BELOW)


def check_area(width: int, height: int) -> None:
    """Refuse a picture that has too many pixels to be decoded.

    Raises:
        PictureTooLarge: with the bound.
    """
    if width * height > MOST_EDITED_PX:
        raise PictureTooLarge(width, height, MOST_EDITED_PX)
