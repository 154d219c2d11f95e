"""Buildings, in a few flat shapes each."""

from sandbox.venice.painter.colour import Colour, darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import outline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen

STONE = from_hex("b9a999")
WINDOW_LIGHT = from_hex("ffd98a")


def draw_castle(pen: Pen, palette: Palette) -> None:
    """A castle with five towers and flags."""
    stone = mix(mix(STONE, palette.mist, 0.25), palette.near, 0.45)
    shade, roof = darker(stone, 0.3), mix(palette.accent, palette.near, 0.45)
    _tower(pen, -0.2, 0.62, 0.13, stone=darker(stone, 0.16), roof=darker(roof, 0.2))
    _tower(pen, 0.17, 0.68, 0.12, stone=darker(stone, 0.16), roof=darker(roof, 0.2))
    pen.box(-0.34, 0.0, 0.68, 0.3, stone)
    for step in range(7):
        pen.box(-0.34 + step * 0.1033, 0.3, 0.055, 0.035, stone)
    pen.box(0.1, 0.0, 0.24, 0.3, shade)
    _tower(pen, -0.36, 0.46, 0.13, stone=stone, roof=roof)
    _tower(pen, 0.36, 0.42, 0.13, stone=shade, roof=darker(roof, 0.15))
    _tower(pen, 0.0, 0.74, 0.16, stone=stone, roof=roof)
    pen.shape(
        outline("-0.06,0 -0.06,0 -0.06,0.1 0,0.16 0.06,0.1 0.06,0 0.06,0"),
        darker(shade, 0.5),
    )
    window = _window(palette, shade)
    for x, y in (
        (-0.36, 0.33),
        (0.36, 0.29),
        (0.0, 0.56),
        (0.0, 0.4),
        (-0.2, 0.48),
        (0.17, 0.54),
        (-0.17, 0.2),
        (0.2, 0.2),
    ):
        pen.shape(
            [
                (x - 0.014, y),
                (x - 0.014, y + 0.04),
                (x, y + 0.06),
                (x + 0.014, y + 0.04),
                (x + 0.014, y),
            ],
            window,
        )


def _tower(pen: Pen, x: float, height: float, width: float, *, stone: Colour, roof: Colour) -> None:
    half = width / 2
    pen.box(x - half, 0.0, width, height, stone)
    pen.box(x + half * 0.2, 0.0, half * 0.8, height, darker(stone, 0.16))
    pen.box(x - half * 1.16, height - 0.03, width * 1.16, 0.03, lighter(stone, 0.12))
    top = height + width * 1.5
    pen.polygon([(x - half * 1.25, height), (x + half * 1.25, height), (x, top)], roof)
    pen.polygon([(x + half * 0.15, height), (x + half * 1.25, height), (x, top)], darker(roof, 0.2))
    pen.line([(x, top - 0.01), (x, top + 0.07)], 0.007, darker(stone, 0.5))
    pen.polygon([(x, top + 0.07), (x + 0.07, top + 0.05), (x, top + 0.03)], lighter(roof, 0.25))


def draw_lighthouse(pen: Pen, palette: Palette) -> None:
    """A striped lighthouse with its lamp lit."""
    white = mix(from_hex("f7f1e5"), palette.near, 0.14 + 0.3 * palette.night)
    red = mix(from_hex("c8402f"), palette.near, 0.12 + 0.25 * palette.night)
    iron = darker(palette.near, 0.2)
    pen.glow((0.0, 0.88), 0.75, WINDOW_LIGHT, strength=0.35 + 0.4 * palette.night)
    for stripe in range(5):
        low, high = stripe * 0.16, (stripe + 1) * 0.16
        left, right = 0.13 - 0.06 * low / 0.8, 0.13 - 0.06 * high / 0.8
        colour = white if stripe % 2 == 0 else red
        pen.polygon([(-left, low), (left, low), (right, high), (-right, high)], colour)
        pen.polygon(
            [(left * 0.35, low), (left, low), (right, high), (right * 0.35, high)],
            darker(colour, 0.18),
        )
    pen.box(-0.1, 0.79, 0.2, 0.022, iron)
    pen.box(-0.055, 0.81, 0.11, 0.11, WINDOW_LIGHT)
    for x in (-0.055, -0.012, 0.03):
        pen.box(x, 0.81, 0.012, 0.11, iron)
    pen.box(0.045, 0.81, 0.012, 0.11, iron)
    pen.shape(outline("-0.075,0.92 -0.075,0.92 0,1 0.075,0.92 0.075,0.92"), red)
    for y in (0.2, 0.52):
        pen.shape(
            [(-0.018, y), (-0.018, y + 0.05), (0.0, y + 0.07), (0.018, y + 0.05), (0.018, y)],
            darker(iron, 0.2),
        )
    pen.box(-0.43, 0.0, 0.3, 0.12, white)
    pen.polygon([(-0.45, 0.12), (-0.11, 0.12), (-0.17, 0.2), (-0.38, 0.2)], red)
    pen.box(-0.27, 0.04, 0.05, 0.05, WINDOW_LIGHT)


def draw_house(pen: Pen, palette: Palette) -> None:
    """A cottage with lit windows and smoke from the chimney."""
    wall = mix(from_hex("efe1c8"), palette.near, 0.2 + 0.35 * palette.night)
    roof = mix(palette.accent, palette.near, 0.35)
    smoke = mix(palette.mist, palette.light, 0.4)
    for puff, (x, y) in enumerate(((0.3, 1.02), (0.34, 1.12), (0.42, 1.22), (0.52, 1.3))):
        pen.glow((x, y), 0.08 + puff * 0.035, smoke, strength=0.55 - puff * 0.1)
    pen.box(0.26, 0.6, 0.1, 0.36, darker(roof, 0.35))
    pen.box(-0.42, 0.0, 0.84, 0.48, wall)
    pen.box(0.12, 0.0, 0.3, 0.48, darker(wall, 0.14))
    pen.polygon([(-0.52, 0.45), (0.1, 0.45), (-0.12, 0.88)], darker(wall, 0.04))
    pen.polygon([(-0.12, 0.88), (0.36, 0.88), (0.52, 0.45), (0.1, 0.45)], roof)
    pen.line([(-0.54, 0.43), (-0.12, 0.9), (0.1, 0.45)], 0.035, darker(roof, 0.3))
    window = WINDOW_LIGHT
    pen.glow((-0.3, 0.25), 0.22, window, strength=0.25 + 0.4 * palette.night)
    pen.glow((0.27, 0.25), 0.2, window, strength=0.25 + 0.4 * palette.night)
    frame = darker(roof, 0.5)
    for x in (-0.36, 0.21):
        pen.box(x, 0.18, 0.13, 0.14, window)
        pen.box(x + 0.058, 0.18, 0.014, 0.14, frame)
        pen.box(x, 0.243, 0.13, 0.014, frame)
    pen.shape(
        outline("-0.16,0 -0.16,0 -0.16,0.24 -0.1,0.3 -0.04,0.24 -0.04,0 -0.04,0"),
        frame,
    )


def _window(palette: Palette, wall: Colour) -> Colour:
    return mix(darker(wall, 0.5), WINDOW_LIGHT, 0.35 + 0.65 * palette.night)
