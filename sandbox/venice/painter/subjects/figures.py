"""Figures and plants."""

from sandbox.venice.painter.colour import darker, from_hex, lighter, mix
from sandbox.venice.painter.geometry import outline
from sandbox.venice.painter.palette import Palette
from sandbox.venice.painter.pen import Pen


def draw_traveller(pen: Pen, palette: Palette) -> None:
    """A traveller in a cloak, seen from behind, with a staff."""
    cloak = mix(palette.accent, palette.near, 0.35)
    dark = darker(palette.near, 0.25)
    pen.line([(0.24, 0.0), (0.2, 0.86)], 0.018, mix(dark, from_hex("8a5a34"), 0.5))
    for x in (-0.07, 0.05):
        pen.polygon([(x - 0.035, 0.0), (x + 0.045, 0.0), (x + 0.035, 0.25), (x - 0.03, 0.25)], dark)
    pen.shape(
        outline(
            "-0.17,0.16 -0.17,0.16 -0.15,0.45 -0.11,0.72 0,0.8 0.11,0.72 0.15,0.45 "
            "0.2,0.14 0.2,0.14 0.06,0.19 -0.04,0.15"
        ),
        cloak,
    )
    pen.shape(
        outline("0.02,0.78 0.11,0.72 0.15,0.45 0.2,0.14 0.2,0.14 0.08,0.18 0.06,0.5"),
        darker(cloak, 0.25),
    )
    pen.shape(
        outline("-0.1,0.76 -0.09,0.92 0,1 0.09,0.92 0.1,0.76 0,0.71"),
        lighter(cloak, 0.1),
    )
    pen.line([(0.1, 0.62), (0.2, 0.56)], 0.05, cloak)


def draw_mushroom(pen: Pen, palette: Palette) -> None:
    """Two toadstools."""
    for x, size, turn in ((-0.22, 0.62, 1.0), (0.16, 1.0, 0.0)):
        cap = mix(from_hex("cf3b2e"), palette.near, 0.12 + 0.1 * turn)
        stem = mix(from_hex("f6ead6"), palette.near, 0.12 + 0.15 * palette.night)
        pen.shape(
            [
                (x - 0.1 * size, 0.0),
                (x - 0.06 * size, 0.3 * size),
                (x - 0.07 * size, 0.6 * size),
                (x + 0.07 * size, 0.6 * size),
                (x + 0.06 * size, 0.3 * size),
                (x + 0.11 * size, 0.0),
            ],
            stem,
        )
        pen.shape(
            [
                (x + 0.02 * size, 0.0),
                (x + 0.03 * size, 0.6 * size),
                (x + 0.07 * size, 0.6 * size),
                (x + 0.06 * size, 0.3 * size),
                (x + 0.11 * size, 0.0),
            ],
            darker(stem, 0.14),
        )
        pen.shape(
            [
                (x - 0.38 * size, 0.56 * size),
                (x - 0.33 * size, 0.78 * size),
                (x - 0.12 * size, 0.96 * size),
                (x + 0.12 * size, 0.96 * size),
                (x + 0.33 * size, 0.78 * size),
                (x + 0.38 * size, 0.56 * size),
                (x, 0.5 * size),
            ],
            cap,
        )
        pen.shape(
            [
                (x + 0.12 * size, 0.95 * size),
                (x + 0.33 * size, 0.78 * size),
                (x + 0.38 * size, 0.56 * size),
                (x + 0.12 * size, 0.525 * size),
                (x + 0.2 * size, 0.74 * size),
            ],
            darker(cap, 0.2),
        )
        for across, up, dot in (
            (-0.2, 0.7, 0.05),
            (0.02, 0.82, 0.06),
            (-0.06, 0.62, 0.035),
            (0.2, 0.68, 0.045),
            (-0.13, 0.86, 0.03),
        ):
            pen.oval((x + across * size, up * size), dot * size, dot * size * 0.8, stem)


def draw_tree(pen: Pen, palette: Palette) -> None:
    """A broad old tree."""
    bark = darker(mix(palette.near, from_hex("5a3b2a"), 0.45), 0.1)
    leaf = mix(palette.accent, palette.land(0.7), 0.35)
    pen.shape(
        outline("-0.1,0 -0.1,0 -0.04,0.2 -0.05,0.46 0.05,0.46 0.05,0.2 0.12,0 0.12,0"),
        bark,
    )
    pen.line([(0.0, 0.34), (-0.18, 0.52), (-0.24, 0.6)], 0.035, bark)
    pen.line([(0.0, 0.32), (0.18, 0.5), (0.22, 0.58)], 0.035, bark)
    crowns = (
        (-0.26, 0.6, 0.2),
        (0.26, 0.58, 0.19),
        (-0.1, 0.78, 0.21),
        (0.14, 0.78, 0.2),
        (0.0, 0.6, 0.24),
    )
    for x, y, radius in crowns:
        pen.oval((x, y), radius, radius * 0.92, darker(leaf, 0.22))
    for x, y, radius in crowns:
        pen.oval((x - 0.03, y + 0.03), radius * 0.84, radius * 0.76, leaf)
    for x, y, radius in crowns[2:4]:
        pen.oval((x - 0.06, y + 0.07), radius * 0.55, radius * 0.45, lighter(leaf, 0.07))
