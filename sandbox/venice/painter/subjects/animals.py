"""Animals, in a few flat shapes each; they look to the right."""

from sandbox.venice.painter.colour import Colour, darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import outline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen

CREAM = from_hex("fdf3e3")
INK = from_hex("1d1a26")


def draw_fox(pen: Pen, palette: Palette) -> None:
    """A fox that sits and looks at us."""
    coat = palette.lit(from_hex("e2702a"))
    shade, white = darker(coat, 0.28), palette.lit(CREAM)
    pen.shape(
        outline(
            "-0.1,0.02 -0.34,0 -0.58,0.08 -0.64,0.26 -0.5,0.42 -0.46,0.27 -0.34,0.19 -0.12,0.2"
        ),
        shade,
    )
    pen.shape(outline("-0.6,0.17 -0.65,0.28 -0.5,0.42 -0.5,0.42 -0.5,0.29"), white)
    pen.shape(
        outline("-0.2,0 -0.27,0.14 -0.2,0.36 -0.1,0.55 0.14,0.57 0.2,0.36 0.2,0.14 0.2,0"),
        coat,
    )
    pen.shape(outline("-0.2,0 -0.28,0.1 -0.22,0.24 -0.08,0.2 -0.04,0"), shade)
    pen.shape(outline("-0.02,0.54 0.15,0.54 0.15,0.34 0.08,0.2 0.01,0.34"), white)
    for x in (0.02, 0.15):
        pen.shape([(x - 0.05, 0.0), (x - 0.045, 0.18), (x + 0.04, 0.18), (x + 0.05, 0.0)], shade)
    for side in (-1, 1):
        _fox_ear(pen, side, coat, shade)
    pen.shape(
        outline(
            "-0.2,0.66 -0.2,0.66 -0.12,0.83 0.06,0.87 0.24,0.83 0.32,0.66 0.32,0.66 "
            "0.16,0.55 0.06,0.49 -0.04,0.55"
        ),
        coat,
    )
    for side in (-1, 1):
        _fox_cheek(pen, side, white)
    _eyes(pen, (0.06, 0.69), apart=0.1, size=0.022)
    pen.oval((0.06, 0.51), 0.034, 0.025, INK)


def _fox_ear(pen: Pen, side: int, coat: Colour, shade: Colour) -> None:
    def across(x: float) -> float:
        return 0.06 + side * x

    outer = [(across(0.06), 0.84), (across(0.21), 1.0), (across(0.25), 0.74)]
    inner = [(across(0.12), 0.84), (across(0.195), 0.94), (across(0.215), 0.78)]
    pen.polygon(outer, coat)
    pen.polygon(inner, darker(shade, 0.4))


def _fox_cheek(pen: Pen, side: int, white: Colour) -> None:
    def across(x: float) -> float:
        return 0.06 + side * x

    pen.shape(
        [
            (across(0.26), 0.66),
            (across(0.26), 0.66),
            (across(0.15), 0.67),
            (across(0.06), 0.6),
            (across(0.0), 0.56),
            (across(0.0), 0.5),
            (across(0.1), 0.545),
        ],
        white,
    )


def draw_cat(pen: Pen, palette: Palette) -> None:
    """A cat from behind, watching the view, its tail around it."""
    coat = mix(from_hex("221f2b"), palette.near, 0.3)
    rim = mix(coat, palette.light, 0.6)
    pen.line(outline("-0.16,0.04 -0.4,0.03 -0.5,0.12 -0.42,0.24 -0.34,0.2"), 0.06, coat)
    body = outline("-0.24,0 -0.27,0.16 -0.2,0.36 -0.1,0.55 0.1,0.55 0.2,0.36 0.27,0.16 0.24,0")
    pen.shape([(x + 0.014, y + 0.008) for x, y in body], rim)
    pen.shape(body, coat)
    for side in (-1, 1):
        ear = [(side * 0.04, 0.8), (side * 0.155, 0.96), (side * 0.19, 0.7)]
        pen.polygon([(x + 0.012, y + 0.008) for x, y in ear], rim)
        pen.polygon(ear, coat)
    pen.oval((0.013, 0.688), 0.19, 0.155, rim)
    pen.oval((0.0, 0.68), 0.19, 0.155, coat)


def draw_wolf(pen: Pen, palette: Palette) -> None:
    """A wolf that howls."""
    coat = mix(palette.lit(from_hex("5d6677")), palette.near, 0.3)
    shade, white = darker(coat, 0.35), mix(coat, CREAM, 0.45)
    pen.shape(outline("-0.16,0.06 -0.36,0.02 -0.54,0.04 -0.5,0.12 -0.3,0.2"), shade)
    pen.shape(
        outline(
            "-0.2,0 -0.3,0.12 -0.24,0.32 -0.1,0.5 -0.04,0.68 0.1,0.8 0.24,0.66 "
            "0.22,0.48 0.2,0.24 0.22,0"
        ),
        coat,
    )
    pen.shape(outline("-0.2,0 -0.3,0.1 -0.22,0.26 -0.06,0.2 -0.02,0"), shade)
    pen.shape(outline("0.12,0.7 0.25,0.64 0.21,0.42 0.14,0.24 0.1,0.46"), white)
    for x in (0.06, 0.17):
        pen.shape([(x - 0.05, 0.0), (x - 0.04, 0.2), (x + 0.04, 0.2), (x + 0.05, 0.0)], shade)
    pen.shape(
        outline(
            "-0.03,0.66 0,0.8 0.12,0.86 0.24,0.98 0.29,1.02 0.32,0.98 0.3,0.9 0.27,0.84 0.24,0.68"
        ),
        coat,
    )
    pen.shape(outline("0.24,0.72 0.27,0.84 0.31,0.95 0.35,0.93 0.32,0.8"), white)
    pen.shape([(0.0, 0.78), (-0.14, 0.84), (-0.14, 0.84), (-0.04, 0.7)], shade)
    pen.oval((0.305, 1.005), 0.024, 0.02, INK)
    pen.line([(0.13, 0.845), (0.17, 0.855)], 0.014, INK)


def draw_deer(pen: Pen, palette: Palette) -> None:
    """A stag that stands and looks up."""
    coat = mix(palette.lit(from_hex("9a5b34")), palette.near, 0.18)
    shade, white = darker(coat, 0.32), mix(coat, CREAM, 0.6)
    for x, bend in ((-0.27, -0.02), (0.1, 0.02)):
        pen.polygon(
            [(x - 0.035, 0.36), (x + 0.04, 0.36), (x + bend + 0.012, 0.0), (x + bend - 0.02, 0.0)],
            shade,
        )
    for x, bend in ((-0.2, -0.01), (0.17, 0.0)):
        pen.polygon(
            [(x - 0.04, 0.38), (x + 0.045, 0.38), (x + bend + 0.014, 0.0), (x + bend - 0.022, 0.0)],
            coat,
        )
    pen.shape(
        outline(
            "-0.32,0.4 -0.31,0.5 -0.1,0.52 0.08,0.53 0.16,0.62 0.2,0.76 0.3,0.76 "
            "0.29,0.6 0.25,0.42 0.16,0.33 -0.06,0.31 -0.24,0.31"
        ),
        coat,
    )
    pen.shape([(-0.34, 0.5), (-0.38, 0.44), (-0.34, 0.38), (-0.29, 0.44)], white)
    pen.shape(outline("0.24,0.7 0.3,0.7 0.28,0.5 0.2,0.38 0.2,0.52"), white)
    pen.shape(
        outline("0.17,0.72 0.19,0.83 0.28,0.84 0.39,0.76 0.43,0.71 0.39,0.68 0.29,0.69"),
        coat,
    )
    pen.shape([(0.2, 0.8), (0.09, 0.84), (0.09, 0.84), (0.15, 0.75)], shade)
    pen.oval((0.42, 0.715), 0.02, 0.018, INK)
    pen.oval((0.28, 0.782), 0.014, 0.016, INK)
    antler = mix(shade, CREAM, 0.35)
    for lean, colour in ((-0.07, darker(antler, 0.25)), (0.0, antler)):
        pen.line([(0.21 + lean * 0.3, 0.83), (0.14 + lean, 0.95), (0.2 + lean, 1.06)], 0.02, colour)
        pen.line([(0.155 + lean, 0.92), (0.24 + lean, 0.96), (0.29 + lean, 1.03)], 0.016, colour)
        pen.line([(0.15 + lean, 0.97), (0.07 + lean, 1.01), (0.06 + lean, 1.07)], 0.016, colour)


def draw_owl(pen: Pen, palette: Palette) -> None:
    """An owl on a stump."""
    coat = palette.lit(from_hex("8a6242"))
    shade, white = darker(coat, 0.3), palette.lit(from_hex("f2dfbd"))
    bark = mix(palette.near, from_hex("4a3528"), 0.4)
    pen.polygon([(-0.2, 0.0), (0.22, 0.0), (0.17, 0.26), (-0.15, 0.26)], bark)
    pen.oval((0.01, 0.26), 0.16, 0.03, lighter(bark, 0.25))
    pen.shape(
        outline("-0.22,0.5 -0.16,0.28 0,0.24 0.18,0.28 0.24,0.5 0.2,0.82 0,0.9 -0.18,0.82"),
        coat,
    )
    for side in (-1, 1):
        pen.polygon([(side * 0.08, 0.86), (side * 0.2, 1.0), (side * 0.215, 0.78)], coat)
    pen.shape(outline("-0.13,0.52 -0.08,0.3 0.01,0.27 0.1,0.3 0.15,0.52 0,0.6"), white)
    for row in range(3):
        for column in range(-1, 2):
            pen.oval((0.01 + column * 0.07, 0.36 + row * 0.07), 0.022, 0.016, mix(white, coat, 0.6))
    for side in (-1, 1):
        pen.shape(
            [(side * 0.23, 0.66), (side * 0.26, 0.46), (side * 0.16, 0.3), (side * 0.13, 0.5)],
            shade,
        )
        pen.oval((side * 0.09, 0.74), 0.105, 0.105, white)
        pen.oval((side * 0.085, 0.74), 0.058, 0.058, from_hex("f2b13c"))
        pen.oval((side * 0.085, 0.74), 0.034, 0.034, INK)
        pen.oval((side * 0.085 + 0.012, 0.755), 0.011, 0.011, CREAM)
    pen.polygon([(-0.025, 0.7), (0.025, 0.7), (0.0, 0.63)], from_hex("e6a23c"))


def draw_rabbit(pen: Pen, palette: Palette) -> None:
    """A rabbit with its ears up."""
    coat = palette.lit(from_hex("d8c3ab"))
    shade, white = darker(coat, 0.2), palette.lit(CREAM)
    for lean, colour in ((-0.08, shade), (0.05, coat)):
        pen.shape(
            [
                (0.1 + lean * 0.3, 0.62),
                (0.02 + lean, 0.8),
                (0.03 + lean, 0.98),
                (0.12 + lean, 0.98),
                (0.15 + lean, 0.8),
                (0.18 + lean * 0.3, 0.62),
            ],
            colour,
        )
    pen.shape(
        outline("0.12,0.66 0.095,0.82 0.13,0.93 0.165,0.82 0.16,0.66"),
        mix(coat, from_hex("e58f8f"), 0.5),
    )
    pen.shape(
        outline("-0.34,0.02 -0.38,0.22 -0.22,0.42 0.02,0.44 0.2,0.34 0.24,0.1 0.2,0 -0.1,0"),
        coat,
    )
    pen.oval((-0.37, 0.14), 0.075, 0.075, white)
    pen.shape(outline("-0.2,0 -0.26,0.14 -0.14,0.26 0.02,0.18 0.06,0"), shade)
    pen.shape(
        outline("0,0.5 0.04,0.66 0.18,0.69 0.32,0.58 0.32,0.48 0.2,0.4 0.06,0.42"),
        coat,
    )
    pen.oval((0.19, 0.57), 0.02, 0.026, INK)
    pen.oval((0.325, 0.535), 0.016, 0.014, from_hex("b76e6e"))
    pen.shape([(0.12, 0.0), (0.13, 0.12), (0.22, 0.12), (0.26, 0.0)], white)


def _eyes(pen: Pen, middle: tuple[float, float], *, apart: float, size: float) -> None:
    for side in (-1, 1):
        x, y = middle[0] + side * apart, middle[1]
        pen.oval((x, y), size, size * 1.2, INK)
        pen.oval((x + size * 0.3, y + size * 0.45), size * 0.32, size * 0.32, CREAM)
