"""A forest: trunks behind trunks, light between them."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.colour import Colour, darker, lighter, mix
from sandbox.venice.painter.geometry import Point, swell
from sandbox.venice.painter.land import height_at, paint_grass, skyline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.sky import paint_moon, paint_stars, paint_sun
from sandbox.venice.painter.stage import Place, Stage

LAYERS = 5
RAY_GRAIN_PX = 256


def paint_woods(canvas: Canvas, palette: Palette, dice: Random) -> Stage:
    """Trunks from far to near, a clearing in the middle."""
    canvas.gradient(palette.sky, top=0, bottom=canvas.height * 0.78)
    canvas.gradient((palette.horizon, palette.mist), top=canvas.height * 0.78, bottom=canvas.height)
    light = (canvas.width * dice.uniform(0.38, 0.62), canvas.height * dice.uniform(0.24, 0.38))
    if palette.night >= 1:
        paint_stars(canvas, palette, dice, horizon=canvas.height * 0.6)
        paint_moon(canvas, palette, light, radius=canvas.unit * 0.075)
    else:
        paint_sun(canvas, palette, light, radius=canvas.unit * 0.085)
    ground: list[Point] = []
    for layer in range(LAYERS):
        nearness = layer / (LAYERS - 1)
        colour = mix(palette.land(nearness), palette.mist, 0.45 * (1 - nearness))
        ground = _layer(canvas, dice, colour, nearness=nearness, middle=light[0])
        if layer < LAYERS - 1:
            canvas.veil(
                palette.mist, top=canvas.height * 0.4, bottom=canvas.height * 0.98, strength=0.2
            )
    _rays(canvas, palette, dice, light)
    _ferns(canvas, dice, ground, darker(palette.near, 0.12))
    paint_grass(canvas, dice, darker(palette.near, 0.35), height=canvas.unit * 0.07, density=150)
    _fireflies(canvas, palette, dice)
    return Stage(
        spots={
            Place.GROUND: (light[0], height_at(ground, light[0]) + canvas.unit * 0.05),
            Place.ALOFT: light,
        },
        size=canvas.unit * 0.34,
    )


def _layer(
    canvas: Canvas, dice: Random, colour: Colour, *, nearness: float, middle: float
) -> list[Point]:
    base = canvas.height * (0.7 + 0.18 * nearness)
    heights = swell(dice, points=40, waves=1.1)
    line = skyline(canvas, heights, base=base, relief=canvas.unit * 0.02)
    canvas.land(line, colour, foot=darker(colour, 0.18), depth=canvas.unit * 0.25)
    clearing = canvas.unit * (0.06 + 0.24 * nearness)
    width = canvas.unit * (0.012 + 0.05 * nearness**1.5)
    x = -width
    while x < canvas.width + width:
        x += width * dice.uniform(1.8, 5.2 - 1.5 * nearness)
        if abs(x - middle) > clearing:
            _trunk(canvas, dice, (x, height_at(line, min(max(x, 0), canvas.width))), width, colour)
    _canopy(canvas, dice, colour, nearness=nearness, middle=middle)
    return line


def _trunk(canvas: Canvas, dice: Random, foot: Point, width: float, colour: Colour) -> None:
    x, y = foot
    half = width * dice.uniform(0.3, 0.55)
    lean = half * dice.uniform(-0.8, 0.8)
    y += width * 0.3
    outline = [
        (x - half * 1.7, y),
        (x - half * 1.05, y - width * 1.2),
        (x - half * 0.72 + lean, 0.0),
        (x + half * 0.72 + lean, 0.0),
        (x + half * 1.05, y - width * 1.2),
        (x + half * 1.7, y),
    ]
    canvas.draw.polygon(outline, fill=colour)
    for _ in range(dice.randint(0, 3)):
        height = y * dice.uniform(0.15, 0.6)
        side = dice.choice((-1, 1))
        reach = width * dice.uniform(1.0, 2.6)
        branch = [
            (x + lean * 0.6, height + half * 0.4),
            (x + side * reach, height - reach * dice.uniform(0.2, 0.7)),
            (x + lean * 0.6, height - half * 0.1),
        ]
        canvas.draw.polygon(branch, fill=colour)


def _canopy(
    canvas: Canvas, dice: Random, colour: Colour, *, nearness: float, middle: float
) -> None:
    """Leaves that hang in from above, least in the middle."""
    leaf = lighter(colour, 0.05)
    for _ in range(round(26 * canvas.width / canvas.unit)):
        x = dice.uniform(0, canvas.width)
        openness = min(1.0, abs(x - middle) / (canvas.width * 0.5))
        radius = canvas.unit * dice.uniform(0.04, 0.09) * (0.5 + 0.7 * nearness)
        y = canvas.height * 0.24 * openness * nearness * dice.random() - radius * 0.5
        canvas.draw.ellipse((x - radius, y - radius * 0.7, x + radius, y + radius * 0.7), fill=leaf)


def _rays(canvas: Canvas, palette: Palette, dice: Random, light: Point) -> None:
    """Shafts of light, drawn small and blurred."""
    height = round(RAY_GRAIN_PX * canvas.height / canvas.width)
    mask = Image.new("L", (RAY_GRAIN_PX, height))
    pen = ImageDraw.Draw(mask)
    scale = RAY_GRAIN_PX / canvas.width
    x, y = light[0] * scale, light[1] * scale
    for _ in range(9):
        target = x + dice.uniform(-0.7, 0.7) * RAY_GRAIN_PX
        spread = RAY_GRAIN_PX * dice.uniform(0.02, 0.06)
        level = dice.randint(20, 52)
        foot = [(target - spread, height * 1.05), (target + spread, height * 1.05)]
        ray = Image.new("L", mask.size)
        ImageDraw.Draw(ray).polygon([(x - 2, y), (x + 2, y), *reversed(foot)], fill=level)
        mask.paste(255, (0, 0, *mask.size), ray)
    pen.rectangle((0, 0, RAY_GRAIN_PX, y - 1), fill=0)
    soft = mask.filter(ImageFilter.GaussianBlur(RAY_GRAIN_PX * 0.012))
    canvas.tint(soft, palette.light, (0, 0, canvas.width, canvas.height))


def _ferns(canvas: Canvas, dice: Random, line: list[Point], colour: Colour) -> None:
    for _ in range(round(34 * canvas.width / canvas.unit)):
        x = dice.uniform(0, canvas.width)
        y = height_at(line, x) + canvas.unit * dice.uniform(0.0, 0.1)
        for frond in range(-3, 4):
            reach = canvas.unit * dice.uniform(0.02, 0.05)
            tip = (x + frond * reach * 0.45, y - reach * (1.1 - 0.16 * abs(frond)))
            width = canvas.unit * 0.004
            canvas.draw.polygon([(x - width, y), (x + width, y), tip], fill=colour)


def _fireflies(canvas: Canvas, palette: Palette, dice: Random) -> None:
    for _ in range(dice.randint(10, 18)):
        spot = (canvas.width * dice.random(), canvas.height * dice.uniform(0.5, 0.92))
        size = canvas.unit * dice.uniform(0.0015, 0.0032)
        glow = mix(palette.light, palette.second_accent, 0.3)
        canvas.glow(spot, size * 9, glow, strength=0.6)
        canvas.disc(spot, size, palette.light)
