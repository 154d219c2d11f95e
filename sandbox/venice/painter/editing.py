"""Edits: the pictures that were sent, visibly changed by the words.

| the prompt | does |
| --- | --- |
| names a style preset | paints the picture in that manner |
| sets a mood (`sunset`, `winter`, …) | tints it in that mood's colours |
| speaks of snow, rain or fog | lets it snow, rain or lie in fog |
| names a subject (`a fox`) | draws it in front |
| speaks of a frame | frames it |
| none of these | turns its colours, differently for each prompt |
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from sandbox.venice.painter import grades
from sandbox.venice.painter.brief import Brief, words_of
from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, darker, from_hex
from sandbox.venice.painter.palette import Palette, choose_palette, mood_of
from sandbox.venice.painter.pen import Pen
from sandbox.venice.painter.stage import Place
from sandbox.venice.painter.subjects import named_subjects
from sandbox.venice.painter.treatments import TREATMENTS
from sandbox.venice.painter.weather import FOG_WORDS, RAIN_WORDS, SNOW_WORDS, paint_weather

FRAME_WORDS = frozenset({"frame", "framed", "border", "postcard", "polaroid"})
MOOD_SHARE = 0.6
"""How much of the picture a mood recolours."""

LARGEST_DRAWN_AREA_PX = 2_400_000
"""Nothing is drawn on larger pictures, only their colours change."""

WHITE_BORDER: Colour = from_hex("fbf7ee")


@dataclass(frozen=True, slots=True)
class EditBrief:
    """What an edit asks for; the same pictures and brief give the same picture.

    Attributes:
        prompt: the words.
        model: the model's id.
        width: of the answer, in pixels.
        height: of the answer, in pixels.
    """

    prompt: str
    model: str
    width: int
    height: int


def edit_picture(pictures: Sequence[Image.Image], brief: EditBrief) -> Image.Image:
    """Makes one picture of those that were sent; the first is the base."""
    base = ImageOps.fit(pictures[0].convert("RGB"), (brief.width, brief.height))
    words = words_of(brief.prompt)
    source = Brief(brief.prompt, 0, None, brief.model, brief.width, brief.height)
    edited = _in_manner(base, source, words)
    edited = _in_mood(edited, words)
    if brief.width * brief.height <= LARGEST_DRAWN_AREA_PX:
        edited = _drawn_upon(edited, source, words)
    if edited == base:
        edited = grades.shifted(brief.prompt)(base, source.dice("grade"))
    for place, picture in enumerate(pictures[1:]):
        _pin(edited, picture, place=place, count=len(pictures) - 1)
    return _framed(edited) if words & FRAME_WORDS else edited


def _in_manner(picture: Image.Image, source: Brief, words: frozenset[str]) -> Image.Image:
    for style, treatment in TREATMENTS.items():
        if words_of(style) <= words:
            return treatment(picture.copy(), source.dice("treatment"))
    return picture


def _in_mood(picture: Image.Image, words: frozenset[str]) -> Image.Image:
    palette = mood_of(words)
    if palette is None:
        return picture
    tones = (darker(palette.near, 0.35), *palette.sky, palette.light)
    tinted = grades.gradient_mapped(picture, tones)
    return Image.blend(picture, tinted, MOOD_SHARE)


def _drawn_upon(picture: Image.Image, source: Brief, words: frozenset[str]) -> Image.Image:
    subjects = named_subjects(words)
    if not subjects and not words & (SNOW_WORDS | RAIN_WORDS | FOG_WORDS):
        return picture
    canvas = Canvas.over(picture)
    palette: Palette = choose_palette(words, source.dice("palette"))
    for place, subject in subjects.items():
        size = canvas.unit * 0.36 * subject.size
        foot = (canvas.width * 0.32, canvas.height * 0.94)
        if place is Place.ALOFT:
            foot = (canvas.width * 0.7, canvas.height * 0.28 + size / 2)
        elif place is Place.AFLOAT:
            foot = (canvas.width * 0.58, canvas.height * 0.86)
        subject.draw(Pen(canvas, foot, size), palette)
    paint_weather(canvas, palette, source.dice("weather"), words)
    return canvas.finished()


def _pin(picture: Image.Image, inset: Image.Image, *, place: int, count: int) -> None:
    """Pins another picture along the lower edge, as a tilted print with its shadow."""
    side = round(min(picture.size) * min(0.34, 0.9 / count))
    border = max(2, side // 16)
    image = ImageOps.fit(inset.convert("RGB"), (side - 2 * border, side - 2 * border))
    card = Image.new("RGBA", (side, side), (*WHITE_BORDER, 255))
    card.paste(image, (border, border))
    angle = (-7, 5, -4, 8)[place % 4]
    turned = card.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True)
    centre = (picture.width * (place + 0.5) / count, picture.height - side * 0.62)
    corner = (round(centre[0] - turned.width / 2), round(centre[1] - turned.height / 2))
    blur = max(1, side // 30)
    shadow = turned.getchannel("A").filter(ImageFilter.GaussianBlur(blur))
    soft = shadow.point([level // 2 for level in range(256)])
    picture.paste((10, 8, 20), (corner[0] + blur, corner[1] + blur), soft)
    picture.paste(turned, corner, turned)


def _framed(picture: Image.Image) -> Image.Image:
    width = max(4, min(picture.size) // 24)
    framed = picture.copy()
    pen = ImageDraw.Draw(framed)
    edge = (0, 0, picture.width - 1, picture.height - 1)
    pen.rectangle(edge, outline=WHITE_BORDER, width=width)
    inner = (width, width, picture.width - 1 - width, picture.height - 1 - width)
    pen.rectangle(inner, outline=darker(WHITE_BORDER, 0.5), width=max(1, width // 8))
    return framed
