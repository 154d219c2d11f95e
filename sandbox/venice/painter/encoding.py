"""Pictures as bytes."""

import io

from PIL import ExifTags, Image

WEBP_QUALITY = 88
WEBP_METHOD = 2
JPEG_QUALITY = 90
PNG_LEVEL = 3


def encode(picture: Image.Image, *, image_format: str, description: str | None = None) -> bytes:
    """The picture as `webp`, `png` or `jpeg`, with a description in its EXIF data if given."""
    metadata: dict[str, Image.Exif] = {}
    if description is not None:
        exif = Image.Exif()
        exif[ExifTags.Base.ImageDescription] = description.encode("utf-8", "replace")
        metadata["exif"] = exif
    buffer = io.BytesIO()
    match image_format:
        case "webp":
            picture.save(buffer, "WEBP", quality=WEBP_QUALITY, method=WEBP_METHOD, **metadata)
        case "png":
            picture.save(buffer, "PNG", compress_level=PNG_LEVEL, **metadata)
        case _:
            picture.convert("RGB").save(buffer, "JPEG", quality=JPEG_QUALITY, **metadata)
    return buffer.getvalue()
