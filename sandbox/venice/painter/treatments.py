"""Style presets: the same painting in another manner."""

from collections.abc import Callable, Mapping
from random import Random

from PIL import Image

from sandbox.venice.painter import facets, grades, strokes

Treatment = Callable[[Image.Image, Random], Image.Image]

TREATMENTS: Mapping[str, Treatment] = {
    "Analog Film": grades.analog_film,
    "Cinematic": grades.cinematic,
    "Comic Book": strokes.comic,
    "Cubist": facets.triangles,
    "Film Noir": grades.noir,
    "Flat Papercut": grades.posterized,
    "Fairy Tale": grades.dreamy,
    "Dreamscape": grades.dreamy,
    "Graffiti": strokes.comic,
    "HDR": grades.vivid,
    "Hyperrealism": grades.vivid,
    "Impressionist": strokes.dabs,
    "Line Art": strokes.line_art,
    "Long Exposure": grades.dreamy,
    "Lowpoly": facets.triangles,
    "Minimalist": grades.posterized,
    "Monochrome": grades.monochrome,
    "Neon Noir": grades.neon,
    "Neon Punk": grades.neon,
    "Origami": facets.triangles,
    "Pixel Art": facets.pixels,
    "Pointillism": strokes.points,
    "Pop Art": strokes.comic,
    "Psychedelic": grades.psychedelic,
    "Renaissance": grades.sepia,
    "Retro Arcade": facets.pixels,
    "Silhouette": grades.two_tone,
    "Stained Glass": facets.stained_glass,
    "Steampunk": grades.sepia,
    "Tilt-Shift": grades.tilt_shift,
    "Watercolor": strokes.watercolour,
}


def treat(picture: Image.Image, style: str | None, dice: Random) -> Image.Image:
    """The painting in a style; styles without a manner of their own shift its colours."""
    if style is None:
        return picture
    return TREATMENTS.get(style, grades.shifted(style))(picture, dice)
