"""Weather before the scene: snow, rain, fog."""

from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import WHITE, mix
from sandbox.venice.painter.palette import Palette

SNOW_WORDS = frozenset({"snow", "snowy", "snowfall", "snowing", "blizzard", "winter", "christmas"})
RAIN_WORDS = frozenset({"rain", "rainy", "raining", "downpour", "monsoon"})
FOG_WORDS = frozenset({"fog", "foggy", "mist", "misty", "haze"})


def paint_weather(canvas: Canvas, palette: Palette, dice: Random, words: frozenset[str]) -> None:
    """Paints the weather that the words speak of."""
    if words & FOG_WORDS:
        for middle in (0.5, 0.68, 0.86):
            canvas.haze(
                palette.mist,
                middle=canvas.height * middle,
                reach=canvas.height * dice.uniform(0.1, 0.16),
                strength=0.34,
            )
    if words & SNOW_WORDS:
        _snow(canvas, dice)
    if words & RAIN_WORDS:
        _rain(canvas, palette, dice)


def _snow(canvas: Canvas, dice: Random) -> None:
    flakes = round(260 * canvas.width * canvas.height / canvas.unit**2)
    for _ in range(flakes):
        nearness = dice.random() ** 3
        spot = (dice.random() * canvas.width, dice.random() * canvas.height)
        size = canvas.unit * (0.001 + 0.0045 * nearness)
        canvas.glow(spot, size * 2.2, WHITE, strength=0.9 - 0.35 * nearness)


def _rain(canvas: Canvas, palette: Palette, dice: Random) -> None:
    drops = round(300 * canvas.width * canvas.height / canvas.unit**2)
    for _ in range(drops):
        x, y = dice.random() * canvas.width * 1.1, dice.random() * canvas.height
        length = canvas.unit * dice.uniform(0.015, 0.045)
        fall = [(x, y), (x - length * 0.25, y + length)]
        colour = mix(palette.mist, palette.sky[0], dice.random() * 0.6)
        canvas.draw.line(fill=colour, xy=fall, width=max(1, round(canvas.unit * 0.0012)))
