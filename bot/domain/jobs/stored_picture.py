"""A picture in the image store."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPicture:
    """A picture in the image store, by the SHA-256 of its bytes."""

    sha256: str
    content_type: str
    size_bytes: int
