"""Pictures that a caller sends: uploaded bytes, base64, data URIs, URLs on this machine."""

import base64
import binascii
import io
from dataclasses import dataclass

import aiohttp
from PIL import Image, UnidentifiedImageError
from yarl import URL

from sandbox.venice.reception import MAX_FILE_BYTES
from sandbox.venice.refusal import broken_rule, refused

MIN_AREA_PX = 65_536
MAX_EDIT_AREA_PX = 33_177_600
MAX_STYLE_REFERENCE_BYTES = 8 * 1024 * 1024
TAKEN_FORMATS = ("PNG", "JPEG", "WEBP")
FETCHABLE_HOST = "127.0.0.1"
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What a route takes.

    Attributes:
        field: the field's name, for the error.
        max_bytes: in bytes.
        min_area: in pixels.
        max_area: in pixels; None for any that Pillow opens.
        urls: whether a URL may stand for the picture.
        data_uris: whether a data URI may.
    """

    field: str
    max_bytes: int = MAX_FILE_BYTES
    min_area: int = 1
    max_area: int | None = None
    urls: bool = True
    data_uris: bool = True


async def picture_bytes(source: bytes | str, limits: PictureLimits) -> bytes:
    """The bytes behind whatever stands for a picture.

    Raises:
        Refusal: 400 if nothing is there, 413 if it is too large.
    """
    content = source if isinstance(source, bytes) else await _resolved(source, limits)
    if len(content) >= limits.max_bytes:
        megabytes = limits.max_bytes // (1024 * 1024)
        raise refused(413, f"The image must be less than {megabytes}MB")
    return content


def open_picture(content: bytes, limits: PictureLimits) -> Image.Image:
    """Decodes a picture; belongs in a thread.

    Raises:
        Refusal: 400 if it is none or its size is out of bounds, 415 if its format is not taken.
    """
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.format not in TAKEN_FORMATS:
            raise refused(415, "The image must be a PNG, JPEG or WebP file")
        _check_area(picture.width * picture.height, limits)
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise broken_rule(limits.field, "The image could not be read") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise broken_rule(limits.field, "The image has too many pixels") from error
    return picture


def _check_area(area: int, limits: PictureLimits) -> None:
    if area < limits.min_area:
        raise broken_rule(limits.field, f"The image must have {limits.min_area} pixels at least")
    if limits.max_area is not None and area > limits.max_area:
        raise broken_rule(limits.field, f"The image may have {limits.max_area} pixels at most")


async def _resolved(source: str, limits: PictureLimits) -> bytes:
    if source.startswith(("http://", "https://")):
        if not limits.urls:
            raise broken_rule(limits.field, "Expected a file or base64, not a URL")
        return await _fetched(source, limits)
    if source.startswith("data:"):
        head, _, source = source.partition(",")
        if not limits.data_uris or not head.endswith(";base64"):
            raise broken_rule(limits.field, "Expected base64")
    try:
        return base64.b64decode(source, validate=True)
    except (binascii.Error, ValueError) as error:
        raise broken_rule(limits.field, "Invalid base64") from error


async def _fetched(address: str, limits: PictureLimits) -> bytes:
    """Fetches a picture, from this machine alone: the stand-in never reaches out."""
    try:
        url = URL(address)
    except ValueError as error:
        raise broken_rule(limits.field, "Invalid URL") from error
    if url.host != FETCHABLE_HOST:
        raise broken_rule(limits.field, f"The stand-in fetches from {FETCHABLE_HOST} only")
    try:
        async with (
            aiohttp.ClientSession(timeout=FETCH_TIMEOUT) as session,
            session.get(url, allow_redirects=False, raise_for_status=True) as answer,
        ):
            content = bytearray()
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) >= limits.max_bytes:
                    break
            return bytes(content)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise broken_rule(limits.field, "The image could not be fetched") from error
