"""Pictures that go to the API: as bytes, as a file, or as the URL of one."""

import base64
from pathlib import Path
from typing import Annotated

from pydantic import InstanceOf, StringConstraints

from bot.venice.errors import RequestRejected

LARGEST_PICTURE_BYTES = 25 * 1024 * 1024
"""A picture must be smaller (published contract)."""

LARGEST_STYLE_REFERENCE_BYTES = 8 * 1024 * 1024
"""A style reference must be smaller (published contract)."""


def picture_bytes(
    picture: bytes | Path, *, smaller_than_bytes: int = LARGEST_PICTURE_BYTES
) -> bytes:
    """The bytes of a picture; reads the file, so that it belongs in a thread.

    Raises:
        RequestRejected: if the file cannot be read, or the picture is too large or empty.
    """
    if isinstance(picture, Path):
        try:
            if picture.stat().st_size >= smaller_than_bytes:
                raise _too_large(smaller_than_bytes)
            picture = picture.read_bytes()
        except OSError as error:
            raise RequestRejected(
                message=f"the picture cannot be read: {error.strerror}"
            ) from error
    if len(picture) >= smaller_than_bytes:
        raise _too_large(smaller_than_bytes)
    if not picture:
        raise RequestRejected(message="the picture is empty")
    return picture


def as_text(picture: bytes | Path | str, *, smaller_than_bytes: int = LARGEST_PICTURE_BYTES) -> str:
    """A URL as it is, a picture as base64.

    Raises:
        RequestRejected: as `picture_bytes` does.
    """
    if isinstance(picture, str):
        return picture
    data = picture_bytes(picture, smaller_than_bytes=smaller_than_bytes)
    return base64.b64encode(data).decode("ascii")


def _too_large(smaller_than_bytes: int) -> RequestRejected:
    limit_mb = smaller_than_bytes // (1024 * 1024)
    return RequestRejected(message=f"the picture must be smaller than {limit_mb} MB")


_Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$", max_length=8_192)]

OwnPicture = InstanceOf[bytes] | InstanceOf[Path]
"""A picture at hand: its bytes, or the file that has them."""

AnyPicture = OwnPicture | _Url
"""A picture at hand, or a URL from which the API fetches it."""
