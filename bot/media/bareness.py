"""Whether a picture file holds its pixels and nothing else.

Photographs carry where and when they were taken, by whom and with what, sometimes with a second
picture behind the first. A file is bare if each of its parts is one of those that are needed to
show it. What is not understood counts as not bare.
"""

import re
import struct
from collections.abc import Iterator

from bot.domain.tools.source_limits import SourceType

_PNG_SIGNATURE_BYTES = 8
_PNG_PARTS = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"pHYs"),
        *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT"),
    }
)
"""Chunks of PNG (W3C, third edition) that say how pixels look."""

_WEBP_HEADER_BYTES = 12
_WEBP_PARTS = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"])
"""Chunks of the WebP container (RFC 9649) that say how pixels look."""

_WEBP_METADATA_FLAGS = 0b0000_1100
"""Exif and XMP, in the extended header (RFC 9649, section 2.7.1)."""

_JPEG_START_OF_SCAN = 0xDA
_JPEG_END = 0xD9
_JPEG_PARTS = frozenset(
    [0xDB, 0xC4, 0xDD, 0xCC, _JPEG_START_OF_SCAN, *range(0xC0, 0xC4), *range(0xC5, 0xC8)]
)
"""Markers of tables, frames and scans (ITU-T T.81, table B.1)."""

_JFIF, _ICC, _ADOBE = 0xE0, 0xE2, 0xEE
_JFIF_BYTES_WITHOUT_THUMBNAIL = 14
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""The next marker; within a scan 0xFF is followed by 0 or by a restart (ITU-T T.81, B.1.1)."""


def is_bare(data: bytes, kind: SourceType) -> bool:
    """Whether a file has pixels, colours and no other word in it."""
    try:
        match kind:
            case SourceType.PNG:
                return _is_bare_png(data)
            case SourceType.JPEG:
                return _is_bare_jpeg(data)
            case SourceType.WEBP:
                return _is_bare_webp(data)
    except struct.error:
        return False


def _is_bare_png(data: bytes) -> bool:
    at = _PNG_SIGNATURE_BYTES
    while True:
        length: int
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if name not in _PNG_PARTS:
            return False
        if name == b"IEND":
            return at == len(data)


def stripped_webp(data: bytes) -> bytes:
    """A WebP file with those of its parts that show pixels, to the bit; good for decoded files.

    Raises:
        ValueError: if its parts do not follow one upon the other.
    """
    parts = b"".join(
        _stripped_header(part) for name, part in _webp_parts(data) if name in _WEBP_PARTS
    )
    return struct.pack("<4sI4s", b"RIFF", len(parts) + 4, b"WEBP") + parts


def _is_bare_webp(data: bytes) -> bool:
    try:
        return stripped_webp(data) == data
    except ValueError:
        return False


def _webp_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks with their names, each with its own header and padding."""
    (size,) = struct.unpack_from("<I", data, 4)
    at, end = _WEBP_HEADER_BYTES, min(size + 8, len(data))
    while at < end:
        name, length = struct.unpack_from("<4sI", data, at)
        following = at + 8 + length + length % 2
        if following > end:
            raise ValueError
        yield name, data[at:following]
        at = following


def _stripped_header(part: bytes) -> bytes:
    """A chunk; the one that announces the others announces no metadata any more."""
    if part[:4] != b"VP8X":
        return part
    return part[:8] + bytes([part[8] & ~_WEBP_METADATA_FLAGS]) + part[9:]


def _is_bare_jpeg(data: bytes) -> bool:
    at = 2
    while (found := _JPEG_MARKER.search(data, at)) is not None:
        marker, at = found[1][0], found.end()
        if marker == _JPEG_END:
            # Behind the end there may be a whole second picture, with metadata of its own.
            return at == len(data)
        (length,) = struct.unpack_from(">H", data, at)
        if not _shows_pixels(marker, data[at + 2 : at + length]):
            return False
        at += length
    return False


def _shows_pixels(marker: int, content: bytes) -> bool:
    """Whether a segment of a JPEG is needed to show it."""
    if marker == _JFIF:
        return content[:5] == b"JFIF\x00" and len(content) == _JFIF_BYTES_WITHOUT_THUMBNAIL
    if marker == _ICC:
        return content.startswith(b"ICC_PROFILE\x00")
    if marker == _ADOBE:
        return content.startswith(b"Adobe")
    return marker in _JPEG_PARTS
