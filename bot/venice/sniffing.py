"""What bytes are, by their first few, whatever a header or a name says. Pure."""

UNKNOWN_TYPE = "application/octet-stream"
"""What is said of bytes that are no picture the API makes."""

PICTURE_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    UNKNOWN_TYPE: ".bin",
}

MAGIC_BYTES = 12
"""How many of the first bytes are needed to tell."""


def content_type_of(data: bytes) -> str:
    """The content type of a picture by its first bytes."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return UNKNOWN_TYPE
