"""A city by the water, its windows lit as the sky darkens."""

from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, darker, from_hex, lighter, mix
from sandbox.venice.painter.land import paint_ridges
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_sky
from sandbox.venice.painter.stage import Place, Stage
from sandbox.venice.painter.water import paint_reflection

ROWS = 3
WINDOW_LIGHT = from_hex("ffd990")


def paint_city(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Towers in three rows, mirrored in a river."""
    shore = canvas.height * dice.uniform(0.7, 0.76)
    light = paint_sky(canvas, palette, dice, horizon=shore)
    paint_ridges(
        canvas,
        palette,
        dice,
        top=shore - canvas.unit * 0.12,
        bottom=shore - canvas.unit * 0.08,
        layers=2,
        ruggedness=0.45,
        nearest=0.2,
    )
    for row in range(ROWS):
        nearness = (row + 1) / ROWS
        _row(canvas, palette, dice, shore=shore, nearness=nearness, middle=light[0])
        canvas.veil(
            palette.mist,
            top=shore - canvas.unit * 0.22,
            bottom=shore,
            strength=0.3 * (1 - nearness),
        )
    quay = darker(palette.near, 0.2)
    canvas.draw.rectangle((0, shore - canvas.unit * 0.012, canvas.width, shore), fill=quay)
    paint_reflection(canvas, palette, dice, shore=shore, light_x=light[0])
    parapet = canvas.height - canvas.unit * 0.085
    _parapet(canvas, palette, top=parapet)
    return Stage(
        spots={
            Place.GROUND: (canvas.width - light[0], parapet + canvas.unit * 0.004),
            Place.AFLOAT: (canvas.width * 0.5, shore + (parapet - shore) * 0.55),
            Place.ALOFT: (canvas.width - light[0], shore * 0.3),
        },
        size=canvas.unit * 0.32,
    )


def _row(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    *,
    shore: float,
    nearness: float,
    middle: float,
) -> None:
    wall = mix(palette.land(0.25 + 0.7 * nearness), palette.mist, 0.35 * (1 - nearness))
    x = -canvas.unit * 0.03
    while x < canvas.width:
        width = canvas.unit * dice.uniform(0.045, 0.1)
        # Lower towards the light, so that the skyline opens on it.
        openness = min(1.0, abs(x + width / 2 - middle) / (canvas.width * 0.45))
        height = canvas.unit * dice.uniform(0.12, 0.46) * (0.45 + 0.55 * openness)
        height *= 1.15 - 0.45 * nearness
        shade = mix(wall, darker(wall, 0.3), dice.random() * 0.5)
        _building(canvas, palette, dice, (x, shore - height, width, height), wall=shade)
        x += width * dice.uniform(0.92, 1.25)


def _building(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    place: tuple[float, float, float, float],
    *,
    wall: Colour,
) -> None:
    left, top, width, height = place
    canvas.draw.rectangle((left, top, left + width, top + height), fill=wall)
    shadow = darker(wall, 0.16)
    canvas.draw.rectangle((left + width * 0.62, top, left + width, top + height), fill=shadow)
    _roof(canvas, dice, (left, top, width), wall=wall)
    _windows(canvas, palette, dice, place, wall=wall)


def _roof(canvas: Canvas, dice: Random, place: tuple[float, float, float], *, wall: Colour) -> None:
    left, top, width = place
    middle = left + width / 2
    match dice.randrange(5):
        case 0:
            tip = (middle, top - width * 0.5)
            canvas.draw.polygon([(left, top), (left + width, top), tip], fill=darker(wall, 0.12))
        case 1:
            box = (left + width * 0.2, top - width * 0.22, left + width * 0.8, top)
            canvas.draw.rectangle(box, fill=wall)
            mast = (middle - width * 0.02, top - width * 0.8, middle + width * 0.02, top)
            canvas.draw.rectangle(mast, fill=darker(wall, 0.2))
        case 2:
            box = (left, top - width * 0.4, left + width, top + width * 0.4)
            canvas.draw.pieslice(box, 180, 360, fill=darker(wall, 0.08))
        case 3:
            step = (left + width * 0.3, top - width * 0.3, left + width, top)
            canvas.draw.rectangle(step, fill=darker(wall, 0.1))
        case _:
            pass


def _windows(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    place: tuple[float, float, float, float],
    *,
    wall: Colour,
) -> None:
    left, top, width, height = place
    columns = max(2, round(width / (canvas.unit * 0.016)))
    rows = max(2, round(height / (canvas.unit * 0.024)))
    dark = lighter(wall, 0.06)
    share = 0.16 + 0.4 * palette.night
    for row in range(rows):
        for column in range(columns):
            x = left + width * (column + 0.3) / columns
            y = top + height * (row + 0.3) / rows
            glow = mix(WINDOW_LIGHT, palette.accent, 0.4 * dice.random())
            lit = mix(wall, glow, 0.45 + 0.5 * palette.night)
            colour = lit if dice.random() < share else dark
            box = (x, y, x + width * 0.42 / columns, y + height * 0.42 / rows)
            canvas.draw.rectangle(box, fill=colour)


def _parapet(canvas: Canvas, palette: Palette, *, top: float) -> None:
    stone = darker(palette.near, 0.3)
    canvas.draw.rectangle((0, top, canvas.width, canvas.height), fill=stone)
    edge = mix(stone, palette.mist, 0.16)
    canvas.draw.rectangle((0, top, canvas.width, top + canvas.unit * 0.009), fill=edge)
    x = 0.0
    while x < canvas.width:
        post = (x, top + canvas.unit * 0.022, x + canvas.unit * 0.014, canvas.height)
        canvas.draw.rectangle(post, fill=darker(stone, 0.35))
        x += canvas.unit * 0.04
