"""Bodies of requests, as bytes that can be sent again for another try. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.venice.sniffing import PICTURE_SUFFIXES, content_type_of


@dataclass(frozen=True, slots=True)
class EncodedBody:
    """A body in pieces, so that a large picture in it is never copied.

    Attributes:
        content_type: for the header.
        pieces: the bytes, in order.
    """

    content_type: str
    pieces: tuple[bytes, ...]

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""
        return sum(map(len, self.pieces))


def form(fields: Mapping[str, str], pictures: Sequence[tuple[str, bytes]]) -> EncodedBody:
    """A form (multipart/form-data, RFC 7578) of texts and of pictures, each with its field."""
    boundary = _boundary([*map(str.encode, fields.values()), *(data for _, data in pictures)])
    pieces: list[bytes] = []
    for name, text in fields.items():
        pieces.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{text}\r\n".encode()
        )
    for number, (name, data) in enumerate(pictures, start=1):
        kind = content_type_of(data)
        pieces += [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{name}-{number}{PICTURE_SUFFIXES[kind]}"\r\n'
            f"Content-Type: {kind}\r\n\r\n".encode(),
            data,
            b"\r\n",
        ]
    pieces.append(f"--{boundary}--\r\n".encode())
    return EncodedBody(f"multipart/form-data; boundary={boundary}", tuple(pieces))


def _boundary(contents: Sequence[bytes]) -> str:
    """A boundary that none of the contents has in it."""
    number = 0
    while any(f"--picture-form-{number}".encode() in content for content in contents):
        number += 1
    return f"picture-form-{number}"
