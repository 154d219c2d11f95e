"""Pictures for the members' and the bot's avatars, drawn here so that none has to be shipped."""

import io

from PIL import Image, ImageDraw, ImageFont

_SIZE_PX = 128
_WATER = "#1f6f8b"
_HULL = "#101418"
_GOLD = "#f2b705"


def draw_initial(name: str, *, colour: str) -> bytes:
    """A PNG with the first letter of a name, white on a colour."""
    image = Image.new("RGB", (_SIZE_PX, _SIZE_PX), colour)
    font = ImageFont.load_default(size=_SIZE_PX * 0.55)
    middle = (_SIZE_PX / 2, _SIZE_PX / 2)
    ImageDraw.Draw(image).text(middle, name[:1], fill="white", font=font, anchor="mm")
    return _png(image)


def draw_gondola() -> bytes:
    """A PNG of the bot's mark: a gondola's hull on the water, with its pole."""
    image = Image.new("RGB", (_SIZE_PX, _SIZE_PX), _WATER)
    draw = ImageDraw.Draw(image)
    draw.line((78, 16, 50, 108), fill=_GOLD, width=5)
    draw.ellipse((8, -16, 120, 100), fill=_HULL)
    # The upper ellipse cuts the hull's crescent out of the lower one.
    draw.ellipse((6, -38, 122, 74), fill=_WATER)
    draw.line((78, 16, 62, 69), fill=_GOLD, width=5)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
