"""Style references: pictures that lend a painting their colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from sandbox.venice.painter.colour import Colour, luminance

SAMPLE_SIDE_PX = 48
LOOK_SHARE = 0.85
"""How much of the painting a guide of full strength recolours."""


@dataclass(frozen=True, slots=True)
class StyleGuide:
    """A picture to follow.

    Attributes:
        picture: the picture.
        strength: how closely, from 0 to 1.
    """

    picture: Image.Image
    strength: float


def follow(guides: Sequence[StyleGuide], painting: Image.Image) -> Image.Image:
    """The painting in the guides' colours, from their darkest to their lightest."""
    for guide in guides:
        dark, middle, light = _tones(guide.picture)
        recoloured = ImageOps.colorize(painting.convert("L"), dark, light, mid=middle)
        painting = Image.blend(painting, recoloured, guide.strength * LOOK_SHARE)
    return painting


def _tones(picture: Image.Image) -> tuple[Colour, Colour, Colour]:
    """A picture's dark, middle and light colours."""
    small = picture.convert("RGB").resize((SAMPLE_SIDE_PX, SAMPLE_SIDE_PX))
    pixels = small.tobytes()
    colours: list[Colour] = sorted(
        (
            (pixels[start], pixels[start + 1], pixels[start + 2])
            for start in range(0, len(pixels), 3)
        ),
        key=luminance,
    )
    third = len(colours) // 3
    return (
        _mean(colours[:third]),
        _mean(colours[third : 2 * third]),
        _mean(colours[2 * third :]),
    )


def _mean(colours: Sequence[Colour]) -> Colour:
    count = len(colours)
    return (
        sum(colour[0] for colour in colours) // count,
        sum(colour[1] for colour in colours) // count,
        sum(colour[2] for colour in colours) // count,
    )
