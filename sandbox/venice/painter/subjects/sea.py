"""Animals of the sea."""

from sandbox.venice.painter.colour import darker, from_hex, mix
from sandbox.venice.painter.geometry import outline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen

CREAM = from_hex("fdf3e3")
INK = from_hex("1d1a26")


def draw_whale(pen: Pen, palette: Palette) -> None:
    """A whale that breaks the surface and blows."""
    skin = mix(palette.near, from_hex("2f5d7c"), 0.6)
    belly = mix(skin, CREAM, 0.6)
    pen.shape(
        outline("-0.9,0 -0.72,0.3 -0.3,0.52 0.2,0.5 0.56,0.26 0.62,0 0.62,-0.02 -0.9,-0.02"),
        skin,
    )
    pen.shape(outline("0.1,0 0.34,0.16 0.6,0.13 0.62,0 0.62,-0.02 0.1,-0.02"), belly)
    pen.shape(
        outline(
            "-0.92,0 -1.02,0.2 -1.26,0.42 -1.26,0.42 -1.04,0.38 -0.96,0.34 "
            "-0.86,0.48 -0.66,0.52 -0.66,0.52 -0.84,0.24 -0.82,0"
        ),
        skin,
    )
    pen.oval((0.36, 0.21), 0.022, 0.024, INK)
    for lean in (-0.22, -0.1, 0.02, 0.14):
        pen.line(
            [(0.06, 0.52), (0.06 + lean * 0.6, 0.78), (0.06 + lean * 1.6, 0.86 - abs(lean))],
            0.03,
            mix(palette.light, palette.mist, 0.3),
        )


def draw_penguin(pen: Pen, palette: Palette) -> None:
    """A penguin with its chick."""
    _penguin(pen, palette, x=0.08, size=1.0)
    _penguin(pen, palette, x=-0.4, size=0.52)


def _penguin(pen: Pen, palette: Palette, *, x: float, size: float) -> None:
    coat = mix(palette.lit(from_hex("232a3b")), palette.mist, 0.25 * (1.0 - size))
    white, beak = palette.lit(CREAM), from_hex("e8973a")

    def at(points: str) -> list[tuple[float, float]]:
        return [(x + across * size, up * size) for across, up in outline(points)]

    pen.shape(at("-0.14,0 -0.12,0.05 0,0.06 0.02,0"), beak)
    pen.shape(at("0.02,0 0.03,0.06 0.14,0.05 0.17,0"), beak)
    pen.shape(at("-0.2,0.04 -0.26,0.3 -0.2,0.62 0,0.7 0.2,0.62 0.26,0.3 0.2,0.04 0,0.01"), coat)
    pen.shape(at("-0.14,0.07 -0.17,0.3 -0.11,0.56 0.02,0.6 0.15,0.56 0.19,0.3 0.16,0.07"), white)
    pen.shape(at("-0.2,0.58 -0.3,0.4 -0.3,0.2 -0.22,0.3"), darker(coat, 0.3))
    pen.shape(at("0.2,0.58 0.31,0.42 0.33,0.22 0.24,0.32"), darker(coat, 0.3))
    pen.shape(at("-0.16,0.66 -0.17,0.84 -0.06,0.99 0.08,0.99 0.18,0.84 0.17,0.66 0,0.6"), coat)
    pen.shape(at("-0.06,0.68 -0.05,0.82 0.04,0.86 0.14,0.82 0.15,0.7 0.04,0.64"), white)
    pen.oval((x + 0.03 * size, 0.81 * size), 0.018 * size, 0.02 * size, INK)
    pen.oval((x + 0.11 * size, 0.81 * size), 0.018 * size, 0.02 * size, INK)
    pen.polygon(at("0.03,0.77 0.13,0.77 0.09,0.7"), beak)
