"""A canal in Venice: palaces on both sides, a bridge, mooring poles."""

from random import Random

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import Point
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_birds, paint_sky
from sandbox.venice.painter.stage import Place, Stage
from sandbox.venice.painter.water import paint_reflection

PLASTERS = tuple(from_hex(text) for text in ("c9764f", "d99a66", "b9573f", "e0b98a", "cf8f7a"))
ROOF = from_hex("8a4032")
STONE = from_hex("e9ddc8")
WINDOW_LIGHT = from_hex("ffd78c")
STOREYS = 4
HOUSES_A_SIDE = 4


def paint_canal(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Looks down a canal to a domed church and a low sun."""
    shore = canvas.height * dice.uniform(0.6, 0.65)
    light = paint_sky(canvas, palette, dice, horizon=shore)
    middle = canvas.width * 0.5
    _church(canvas, palette, (middle + canvas.unit * dice.uniform(-0.06, 0.06), shore))
    for side in (-1, 1):
        _terrace(canvas, palette, dice, side=side, shore=shore)
    _bridge(canvas, palette, (middle, shore))
    if palette.night < 1:
        paint_birds(canvas, dice, (middle, shore * 0.3), colour=darker(palette.near, 0.1))
    paint_reflection(canvas, palette, dice, shore=shore, light_x=(light[0] + middle) / 2)
    depth = canvas.height - shore
    for x, y in ((0.1, 0.62), (0.16, 0.74), (0.88, 0.56), (0.93, 0.7)):
        _pole(canvas, palette, (canvas.width * x, shore + depth * y), canvas.unit * 0.24)
    quay = _quay(canvas, palette)
    return Stage(
        spots={
            Place.GROUND: quay,
            Place.AFLOAT: (middle, shore + depth * 0.62),
            Place.ALOFT: (middle, shore * 0.3),
        },
        size=canvas.unit * 0.24,
    )


def _terrace(canvas: Canvas, palette: Palette, dice: Random, *, side: int, shore: float) -> None:
    """Houses from far to near along one side, each nearer one taller and lower in the water."""
    reach = canvas.width * 0.43
    for house in range(HOUSES_A_SIDE):
        nearness = house / (HOUSES_A_SIDE - 1)
        inner = reach * (0.9 - 0.62 * nearness**0.9)
        # The nearest house runs out of the picture.
        outer = max(0.0, inner - reach * (0.22 + 0.2 * nearness)) if nearness < 1 else -1.0
        height = canvas.unit * (0.17 + 0.3 * nearness) * dice.uniform(0.9, 1.12)
        left, right = sorted(
            (canvas.width * 0.5 + side * (canvas.width * 0.5 - edge)) for edge in (inner, outer)
        )
        plaster = mix(dice.choice(PLASTERS), palette.near, 0.1 + 0.55 * palette.night)
        wall = mix(plaster, palette.mist, 0.4 * (1 - nearness))
        _house(canvas, palette, dice, (left, shore - height, right, shore), wall=wall, lit=side > 0)


def _house(
    canvas: Canvas,
    palette: Palette,
    dice: Random,
    box: tuple[float, float, float, float],
    *,
    wall: Colour,
    lit: bool,
) -> None:
    left, top, right, foot = box
    width, height = right - left, foot - top
    front = lighter(wall, 0.06) if lit else darker(wall, 0.14)
    canvas.draw.rectangle(box, fill=front)
    roof = mix(ROOF, wall, 0.25)
    eaves = height * 0.05
    canvas.draw.polygon(
        [
            (left - eaves * 0.6, top),
            (left + eaves, top - eaves * 1.8),
            (right - eaves, top - eaves * 1.8),
            (right + eaves * 0.6, top),
        ],
        fill=darker(roof, 0.1),
    )
    for _ in range(dice.randint(1, 2)):
        x = dice.uniform(left + width * 0.15, right - width * 0.15)
        chimney = (x, top - eaves * 3.4, x + eaves * 0.9, top - eaves)
        canvas.draw.rectangle(chimney, fill=darker(front, 0.2))
        cap = (x - eaves * 0.4, top - eaves * 3.9, x + eaves * 1.3, top - eaves * 3.2)
        canvas.draw.rectangle(cap, fill=roof)
    stone = mix(STONE, front, 0.35 + 0.25 * palette.night)
    canvas.draw.rectangle((left, foot - height * 0.035, right, foot), fill=darker(front, 0.35))
    canvas.draw.rectangle((left, top, right, top + height * 0.02), fill=stone)
    columns = max(2, round(width / (height * 0.2)))
    for storey in range(STOREYS):
        for column in range(columns):
            middle = left + width * (column + 0.5) / columns
            base = top + height * (storey + 0.86) / STOREYS
            window = (middle, base, width / columns * 0.2, height / STOREYS * 0.52)
            if storey == STOREYS - 1 and column == columns // 2:
                window = (middle, foot, width / columns * 0.26, height / STOREYS * 0.66)
            lamp = dice.random() < 0.12 + 0.4 * palette.night
            _window(canvas, window, stone=stone, glass=_glass(palette, front, lit=lamp))


def _glass(palette: Palette, wall: Colour, *, lit: bool) -> Colour:
    dark = mix(darker(wall, 0.6), palette.near, 0.5)
    return mix(dark, WINDOW_LIGHT, 0.5 + 0.5 * palette.night) if lit else dark


def _window(
    canvas: Canvas, place: tuple[float, float, float, float], *, stone: Colour, glass: Colour
) -> None:
    """A pointed Gothic window in its stone frame."""
    x, base, half, height = place

    def arch(spread: float, rise: float) -> list[Point]:
        wide, tall = half * spread, height * rise
        return [
            (x - wide, base),
            (x - wide, base - tall * 0.62),
            (x - wide * 0.5, base - tall * 0.86),
            (x, base - tall),
            (x + wide * 0.5, base - tall * 0.86),
            (x + wide, base - tall * 0.62),
            (x + wide, base),
        ]

    canvas.draw.polygon(arch(1.4, 1.14), fill=stone)
    canvas.draw.polygon(arch(1.0, 1.0), fill=glass)
    sill = (x - half * 1.6, base, x + half * 1.6, base + height * 0.05)
    canvas.draw.rectangle(sill, fill=stone)


def _church(canvas: Canvas, palette: Palette, foot: Point) -> None:
    """Domes and a bell tower in the haze."""
    x, y = foot
    unit = canvas.unit
    wall = mix(mix(STONE, palette.near, 0.3), palette.mist, 0.5 - 0.25 * palette.night)
    dome = mix(darker(wall, 0.2), palette.sky[0], 0.25)
    canvas.draw.rectangle((x - unit * 0.12, y - unit * 0.13, x + unit * 0.12, y), fill=wall)
    for across, radius, drum in ((-0.07, 0.04, 0.15), (0.07, 0.04, 0.15), (0.0, 0.065, 0.18)):
        middle, top = x + across * unit, y - drum * unit
        half = radius * unit
        canvas.draw.rectangle((middle - half * 0.9, top, middle + half * 0.9, y), fill=wall)
        canvas.draw.pieslice(
            (middle - half, top - half * 1.25, middle + half, top + half * 1.25),
            180,
            360,
            fill=dome,
        )
        lantern = (middle - half * 0.14, top - half * 1.6, middle + half * 0.14, top - half)
        canvas.draw.rectangle(lantern, fill=wall)
        canvas.disc((middle, top - half * 1.65), half * 0.15, dome)
    left, top = x - unit * 0.2, y - unit * 0.33
    tower = (left, top, left + unit * 0.055, y)
    canvas.draw.rectangle(tower, fill=mix(wall, ROOF, 0.35))
    canvas.draw.rectangle((left, top, left + unit * 0.055, top + unit * 0.05), fill=wall)
    tip = (left + unit * 0.0275, top - unit * 0.085)
    canvas.draw.polygon([(left, top), (left + unit * 0.055, top), tip], fill=dome)


def _bridge(canvas: Canvas, palette: Palette, foot: Point) -> None:
    """A humpbacked bridge across the far end."""
    x, y = foot
    span, rise = canvas.width * 0.16, canvas.unit * 0.085
    stone = mix(mix(STONE, palette.near, 0.22), palette.mist, 0.2)
    canvas.draw.polygon(
        [
            (x - span, y),
            (x - span, y - rise * 0.45),
            (x - span * 0.35, y - rise),
            (x + span * 0.35, y - rise),
            (x + span, y - rise * 0.45),
            (x + span, y),
        ],
        fill=stone,
    )
    rail = darker(stone, 0.22)
    canvas.draw.line(
        [
            (x - span, y - rise * 0.47),
            (x - span * 0.35, y - rise * 1.02),
            (x + span * 0.35, y - rise * 1.02),
            (x + span, y - rise * 0.47),
        ],
        fill=rail,
        width=max(1, round(canvas.unit * 0.008)),
        joint="curve",
    )
    arch = (x - span * 0.55, y - rise * 0.72, x + span * 0.55, y + rise * 0.72)
    canvas.draw.pieslice(arch, 180, 360, fill=mix(palette.mist, palette.near, 0.45))


def _quay(canvas: Canvas, palette: Palette) -> Point:
    """A corner of the landing in front, and where to stand on it."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    paving = darker(mix(STONE, palette.near, 0.5 + 0.25 * palette.night), 0.1)
    edge = [
        (width * 0.6, height),
        (width * 0.68, height - unit * 0.1),
        (width, height - unit * 0.13),
    ]
    canvas.draw.polygon([*edge, (width, height)], fill=paving)
    rim = lighter(paving, 0.16)
    canvas.draw.line(edge[1:], fill=rim, width=max(1, round(unit * 0.009)))
    for part in (0.25, 0.55, 0.85):
        top = (width * (0.68 + 0.32 * part), height - unit * (0.1 + 0.03 * part))
        seam = (width * (0.6 + 0.46 * part), height)
        canvas.draw.line([top, seam], fill=darker(paving, 0.22), width=max(1, round(unit * 0.003)))
    return width * 0.84, height - unit * 0.055


def _pole(canvas: Canvas, palette: Palette, foot: Point, height: float) -> None:
    """A striped mooring pole with a gilded knob."""
    x, y = foot
    half = height * 0.028
    white = mix(STONE, palette.near, 0.12 + 0.4 * palette.night)
    stripe = mix(from_hex("27508c"), palette.near, 0.25)
    canvas.draw.rectangle((x - half, y - height, x + half, y), fill=white)
    for turn in range(7):
        low = y - height * (turn / 7)
        band = [
            (x - half, low),
            (x + half, low - height * 0.055),
            (x + half, low - height * 0.125),
            (x - half, low - height * 0.07),
        ]
        canvas.draw.polygon(band, fill=stripe)
    canvas.disc((x, y - height - half), half * 1.5, mix(from_hex("d9b25f"), palette.near, 0.2))
    canvas.draw.ellipse(
        (x - half * 3, y - half * 0.5, x + half * 3, y + half * 0.6),
        fill=mix(palette.mist, palette.near, 0.35),
    )
    canvas.draw.rectangle((x - half, y - half * 1.5, x + half, y), fill=darker(stripe, 0.3))
