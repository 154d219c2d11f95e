"""Colours as triples of 0 to 255, and what painters do with them."""

import colorsys

Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


def from_hex(text: str) -> Colour:
    """A colour from `RRGGBB`."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(first: Colour, second: Colour, amount: float) -> Colour:
    """The first colour at 0, the second at 1."""
    red, green, blue = (round(a + (b - a) * amount) for a, b in zip(first, second, strict=True))
    return red, green, blue


def lighter(colour: Colour, amount: float) -> Colour:
    """Towards white."""
    return mix(colour, WHITE, amount)


def darker(colour: Colour, amount: float) -> Colour:
    """Towards black, keeping some of its warmth."""
    return mix(colour, (12, 10, 22), amount)


def turned(colour: Colour, degrees: float) -> Colour:
    """The colour with its hue turned around the wheel."""
    hue, light, depth = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    red, green, blue = colorsys.hls_to_rgb((hue + degrees / 360) % 1, light, depth)
    return round(red * 255), round(green * 255), round(blue * 255)


def luminance(colour: Colour) -> float:
    """How light a colour looks, from 0 to 1."""
    red, green, blue = colour
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
