"""From a brief to a picture."""

import math
from collections.abc import Sequence

from PIL import Image, ImageOps

from sandbox.venice.painter.brief import Brief, words_of
from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.guidance import StyleGuide, follow
from sandbox.venice.painter.palette import choose_palette
from sandbox.venice.painter.pen import Pen
from sandbox.venice.painter.scenes import choose_scene
from sandbox.venice.painter.stage import Place
from sandbox.venice.painter.subjects import named_subjects
from sandbox.venice.painter.texture import finish
from sandbox.venice.painter.treatments import treat
from sandbox.venice.painter.weather import paint_weather

LARGEST_WORK_AREA_PX = 1_310_720
"""Larger pictures are painted in this area and enlarged."""

SMALLEST_WORK_AREA_PX = 90_000
LONGEST_RATIO = 3.2
"""Longer strips are cut from a picture of this ratio."""


def paint(brief: Brief, guides: Sequence[StyleGuide] = (), *, sketch: bool = False) -> Image.Image:
    """Paints a brief in exactly its size; style guides lend it their colours.

    A sketch is painted small and enlarged: the same scene, softer, for a third of the work.
    """
    largest = SMALLEST_WORK_AREA_PX if sketch else LARGEST_WORK_AREA_PX
    width, height = _work_size(brief.width, brief.height, largest_area=largest)
    canvas = Canvas(width, height)
    words, style_words = brief.words, words_of(brief.style or "")
    palette = choose_palette(words or style_words, brief.dice("palette"))
    subjects = named_subjects(words)
    haunts = frozenset().union(*(subject.haunts for subject in subjects.values()))
    scene = choose_scene(
        (words, style_words, haunts), needs=frozenset(subjects), dice=brief.dice("scene choice")
    )
    stage = scene.paint(canvas, palette, brief.dice("scene"))
    for place, subject in subjects.items():
        size = stage.size * subject.size
        x, y = stage.spots[place]
        foot = (x, y + size / 2) if place is Place.ALOFT else (x, y)
        subject.draw(Pen(canvas, foot, size, mirrored=x > canvas.width / 2), palette)
    paint_weather(canvas, palette, brief.dice("weather"), words)
    picture = follow(guides, canvas.finished())
    picture = treat(picture, brief.style, brief.dice("treatment"))
    picture = finish(picture, brief.dice("texture"))
    if picture.size == (brief.width, brief.height):
        return picture
    return ImageOps.fit(picture, (brief.width, brief.height), Image.Resampling.BICUBIC)


def _work_size(width: int, height: int, *, largest_area: int) -> tuple[int, int]:
    """The size to paint in: the picture's own, unless that is too large, small or long."""
    ratio = min(max(width / height, 1 / LONGEST_RATIO), LONGEST_RATIO)
    area = min(max(width * height, SMALLEST_WORK_AREA_PX), largest_area)
    if ratio == width / height and area == width * height:
        return width, height
    return round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
