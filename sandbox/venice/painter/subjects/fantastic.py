"""What is seldom met: a dragon, a robot, an astronaut."""

from sandbox.venice.painter.colour import darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import outline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen


def draw_dragon(pen: Pen, palette: Palette) -> None:
    """A dragon in flight, wings raised, breathing fire."""
    hide = mix(palette.lit(from_hex("3d6b52")), palette.near, 0.35)
    belly, membrane = lighter(hide, 0.35), mix(hide, palette.accent, 0.45)
    pen.shape(
        outline("0.1,0.5 0.02,0.8 -0.16,1.02 -0.16,1.02 -0.3,0.78 -0.34,0.5 -0.1,0.46"),
        darker(membrane, 0.35),
    )
    pen.shape(
        outline("-0.3,0.34 -0.62,0.2 -0.9,0.3 -1.06,0.52 -1.2,0.5 -1,0.24 -0.66,0.06 -0.3,0.18"),
        hide,
    )
    pen.polygon(outline("-1.14,0.46 -1.34,0.5 -1.22,0.66 -1.06,0.54"), membrane)
    pen.shape(
        outline(
            "-0.4,0.22 -0.3,0.4 0,0.5 0.24,0.46 0.38,0.56 0.44,0.74 0.6,0.8 0.62,0.68 0.54,0.46 "
            "0.36,0.3 0.1,0.2 -0.2,0.14"
        ),
        hide,
    )
    pen.shape(outline("-0.2,0.16 0.1,0.22 0.36,0.32 0.52,0.46 0.44,0.42 0.2,0.32 -0.1,0.24"), belly)
    for x in (-0.14, 0.16):
        pen.shape(
            [
                (x - 0.06, 0.24),
                (x - 0.02, 0.06),
                (x + 0.1, 0.0),
                (x + 0.05, 0.08),
                (x + 0.07, 0.24),
            ],
            darker(hide, 0.2),
        )
    wing = outline(
        "0.18,0.44 0.14,0.78 -0.04,1.2 -0.04,1.2 -0.2,0.98 -0.26,0.82 -0.26,0.82 "
        "-0.4,0.78 -0.46,0.62 -0.46,0.62 -0.44,0.5 -0.36,0.4 -0.36,0.4 -0.1,0.4"
    )
    pen.shape(wing, membrane)
    for tip in ((-0.04, 1.18), (-0.25, 0.82), (-0.45, 0.62)):
        pen.line([(0.14, 0.5), ((0.14 + tip[0]) / 2, (0.55 + tip[1]) / 2), tip], 0.02, hide)
    pen.shape(
        outline("0.46,0.7 0.46,0.84 0.58,0.9 0.72,0.82 0.86,0.78 0.86,0.72 0.7,0.68 0.58,0.64"),
        hide,
    )
    pen.polygon(outline("0.5,0.86 0.4,1 0.58,0.89 0.52,1.04 0.63,0.88"), belly)
    pen.oval((0.64, 0.81), 0.022, 0.018, from_hex("ffd95e"))
    for back in range(6):
        x = -0.3 + back * 0.1
        y = 0.4 + 0.1 * (1 - abs(back - 3) / 3)
        pen.polygon([(x - 0.03, y - 0.03), (x + 0.04, y - 0.02), (x - 0.02, y + 0.06)], membrane)
    for reach, tone in ((0.42, "f2622e"), (0.28, "fba83a"), (0.16, "fff0b0")):
        pen.glow((0.94 + reach * 0.4, 0.73), reach, from_hex(tone), strength=0.85)


def draw_astronaut(pen: Pen, palette: Palette) -> None:
    """An astronaut with a flag."""
    suit = mix(from_hex("eef0f2"), palette.near, 0.1)
    shade, visor = darker(suit, 0.26), mix(from_hex("f0a83c"), palette.accent, 0.35)
    pen.line([(0.36, 0.0), (0.36, 1.02)], 0.014, shade)
    pen.shape(
        outline(
            "0.36,1.02 0.36,1.02 0.5,0.98 0.64,1.02 0.64,1.02 0.64,0.82 0.64,0.82 "
            "0.5,0.78 0.36,0.82 0.36,0.82"
        ),
        palette.accent,
    )
    pen.shape(outline("-0.24,0.36 -0.26,0.66 -0.16,0.7 -0.14,0.36"), darker(shade, 0.2))
    for x in (-0.1, 0.08):
        pen.shape([(x - 0.08, 0.03), (x - 0.08, 0.36), (x + 0.08, 0.36), (x + 0.08, 0.03)], suit)
        pen.shape([(x - 0.09, 0.0), (x - 0.09, 0.08), (x + 0.09, 0.08), (x + 0.11, 0.0)], shade)
        pen.line([(x - 0.075, 0.2), (x + 0.075, 0.2)], 0.014, shade)
    pen.shape(outline("-0.19,0.3 -0.2,0.56 -0.13,0.68 0.13,0.68 0.2,0.56 0.19,0.3"), suit)
    pen.shape(outline("0.06,0.3 0.08,0.67 0.15,0.67 0.2,0.56 0.19,0.3"), shade)
    pen.line([(0.15, 0.62), (0.28, 0.56), (0.35, 0.6)], 0.085, suit)
    pen.line([(-0.16, 0.62), (-0.25, 0.48), (-0.22, 0.36)], 0.085, suit)
    pen.box(-0.08, 0.42, 0.15, 0.1, shade)
    pen.box(-0.06, 0.475, 0.03, 0.022, palette.accent)
    pen.box(-0.01, 0.475, 0.03, 0.022, palette.second_accent)
    pen.oval((0.0, 0.82), 0.19, 0.18, suit)
    pen.oval((0.03, 0.81), 0.145, 0.125, darker(visor, 0.35))
    pen.oval((0.03, 0.815), 0.13, 0.11, visor)
    pen.shape(outline("-0.05,0.86 0,0.895 0.05,0.89 -0.02,0.83"), lighter(visor, 0.6))


def draw_robot(pen: Pen, palette: Palette) -> None:
    """A friendly robot with a flower in its hand."""
    metal = mix(from_hex("c3ccd4"), palette.near, 0.15 + 0.25 * palette.night)
    shade, eye = darker(metal, 0.28), from_hex("7ff0ff")
    for x in (-0.1, 0.06):
        pen.box(x, 0.0, 0.06, 0.2, shade)
        pen.shape([(x - 0.04, 0.0), (x - 0.03, 0.06), (x + 0.09, 0.06), (x + 0.11, 0.0)], metal)
    pen.shape(
        outline("-0.22,0.2 -0.24,0.4 -0.2,0.56 0.2,0.56 0.24,0.4 0.22,0.2 0,0.17"),
        metal,
    )
    pen.shape(outline("0.08,0.19 0.1,0.54 0.2,0.56 0.24,0.4 0.22,0.2"), shade)
    pen.oval((-0.05, 0.4), 0.07, 0.07, palette.accent)
    pen.oval((-0.05, 0.4), 0.045, 0.045, lighter(palette.accent, 0.5))
    pen.line([(-0.21, 0.5), (-0.32, 0.4), (-0.3, 0.28)], 0.05, shade)
    pen.line([(0.21, 0.5), (0.34, 0.5), (0.38, 0.6)], 0.05, shade)
    pen.line([(0.38, 0.6), (0.39, 0.78)], 0.014, from_hex("4f8a4c"))
    for x, y in ((0.355, 0.8), (0.425, 0.8), (0.39, 0.84), (0.37, 0.765), (0.41, 0.765)):
        pen.oval((x, y), 0.026, 0.026, palette.second_accent)
    pen.oval((0.39, 0.795), 0.02, 0.02, from_hex("f4c542"))
    pen.box(-0.04, 0.55, 0.08, 0.05, shade)
    pen.shape(
        outline("-0.22,0.62 -0.24,0.76 -0.18,0.88 0.18,0.88 0.24,0.76 0.22,0.62 0,0.585"),
        metal,
    )
    pen.shape(
        outline("-0.17,0.66 -0.18,0.76 -0.14,0.82 0.14,0.82 0.18,0.76 0.17,0.66 0,0.64"),
        darker(palette.near, 0.3),
    )
    for x in (-0.08, 0.08):
        pen.glow((x, 0.74), 0.12, eye, strength=0.6)
        pen.oval((x, 0.74), 0.03, 0.035, eye)
    pen.line([(0.0, 0.88), (0.0, 0.96)], 0.014, shade)
    pen.oval((0.0, 0.97), 0.026, 0.026, palette.accent)
