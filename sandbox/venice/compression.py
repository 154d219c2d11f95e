"""JSON answers, compressed as the caller accepts: br, else gzip."""

import gzip
import json

import brotli  # type: ignore[import-untyped]  # published without type information

BROTLI_QUALITY = 4
GZIP_LEVEL = 4


def accepted_encoding(accept_encoding: str) -> str | None:
    """The encoding to use for an `Accept-Encoding` header."""
    accepted: set[str] = set()
    for offer in accept_encoding.split(","):
        name, _, weight = offer.strip().partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0"}:
            accepted.add(name.strip().casefold())
    return next((name for name in ("br", "gzip") if name in accepted), None)


def encode_json(value: object, *, encoding: str | None) -> bytes:
    """The value as JSON, compressed; slow enough for large pictures to belong in a thread."""
    content = json.dumps(value, separators=(",", ":")).encode()
    if encoding == "br":
        return bytes(brotli.compress(content, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        return gzip.compress(content, compresslevel=GZIP_LEVEL)
    return content
