"""A sheet to draw on, measured in pixels from its upper left corner.

It is twice as wide as Discord shows a picture in a message, so that it is sharp on dense screens;
letters of 24 pixels are 12 there.
"""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from bot.domain.palette import CHALK, MIST, NIGHT
from bot.media.squares import square

WIDTH_PX = 1_100
MARGIN_PX = 44
TITLE_PX = 34
LABEL_PX = 24

_AXIS_NAME_PX = 20
_EDGE_PX = 20
"""From the edge of the sheet to the names of axes."""

_DPI = 100
_POINTS_PER_INCH = 72
_FONT = "DejaVu Sans"
"""It comes with matplotlib, so that it is there wherever the bot runs."""

HEADING_PX = 118
"""How much room title and subtitle take."""

_NOT_IN_FONT = "□"
_ELLIPSIS = "…"

_Side = Literal["left", "right", "center"]


def css(colour: int) -> str:
    """A colour as matplotlib takes it."""
    return f"#{colour:06x}"


class Sheet:
    """A dark sheet of a given height, drawn by the object API alone: no state is global."""

    def __init__(self, height_px: int) -> None:
        self.height_px = height_px
        self._figure = Figure(
            figsize=(WIDTH_PX / _DPI, height_px / _DPI), dpi=_DPI, facecolor=css(NIGHT)
        )
        FigureCanvasAgg(self._figure)

    def heading(self, title: str, subtitle: str) -> None:
        """Write title and subtitle."""
        self.write(title, MARGIN_PX, 56, size_px=TITLE_PX, bold=True)
        self.write(subtitle, MARGIN_PX, 98, colour=MIST)

    def write(
        self,
        text: str,
        left_px: float,
        baseline_px: float,
        *,
        size_px: float = LABEL_PX,
        colour: int = CHALK,
        side: _Side = "left",
        bold: bool = False,
    ) -> Text:
        """Write a line; `left_px` is where its `side` is."""
        return self._figure.text(
            left_px / WIDTH_PX,
            1 - baseline_px / self.height_px,
            drawable(text),
            size=points(size_px),
            color=css(colour),
            ha=side,
            va="baseline",
            weight="bold" if bold else "normal",
            family=_FONT,
            parse_math=False,
        )

    def name_below(self, name: str, centre_px: float) -> None:
        """Write what an axis is at the lower edge."""
        self.write(
            name,
            centre_px,
            self.height_px - _EDGE_PX,
            size_px=_AXIS_NAME_PX,
            colour=MIST,
            side="center",
        )

    def name_beside(self, name: str, centre_px: float) -> None:
        """Write what an axis is at the left edge, upwards."""
        written = self.write(
            name, _EDGE_PX, centre_px, size_px=_AXIS_NAME_PX, colour=MIST, side="center"
        )
        written.set(rotation=90, verticalalignment="center")

    def width_of(self, text: Text) -> float:
        """How wide a written line is, in pixels."""
        return float(text.get_window_extent().width)

    def fit(self, text: Text, width_px: float) -> None:
        """Shorten a line until it is no wider than that."""
        whole = text.get_text()
        kept = len(whole)
        while kept > 1 and self.width_of(text) > width_px:
            kept -= 1
            text.set_text(whole[:kept].rstrip() + _ELLIPSIS)

    def box(
        self, left_px: float, top_px: float, width_px: float, height_px: float, colour: int
    ) -> None:
        """A filled box with round corners."""
        patch = FancyBboxPatch(
            (left_px, self.height_px - top_px - height_px),
            width_px,
            height_px,
            boxstyle=f"round,pad=0,rounding_size={min(width_px, height_px) / 2:.2f}",
            facecolor=css(colour),
            linewidth=0,
            transform=None,
        )
        self._figure.add_artist(patch)

    def picture(self, path: Path, left_px: float, top_px: float, side_px: int) -> None:
        """The middle of a small picture as a square; nothing if it cannot be read."""
        shown = square(path, side_px)
        if shown is None:
            return
        lowest = self.height_px - top_px - side_px
        self._figure.figimage(
            np.asarray(shown)[::-1], round(left_px), round(lowest), origin="lower"
        )

    def legend(self, entries: Iterable[tuple[str, int]], top_px: float) -> float:
        """Names behind dots of their colours, on as many lines as they need; says where it ends."""
        dot_px, gap_px, line_px = 18, 36, 38
        left, top = float(MARGIN_PX), top_px
        for name, colour in entries:
            text = self.write(name, left + dot_px + 10, top + 26)
            self.fit(text, WIDTH_PX / 2)
            width = dot_px + 10 + self.width_of(text)
            if left > MARGIN_PX and left + width > WIDTH_PX - MARGIN_PX:
                left, top = float(MARGIN_PX), top + line_px
                text.set_position(
                    ((left + dot_px + 10) / WIDTH_PX, 1 - (top + 26) / self.height_px)
                )
            self.box(left, top + 8, dot_px, dot_px, colour)
            left += width + gap_px
        return top + line_px

    def axes(self, left_px: float, top_px: float, right_px: float, bottom_px: float) -> Axes:
        """A bare field to plot in, between the given lines."""
        axes = self._figure.add_axes(
            (
                left_px / WIDTH_PX,
                1 - bottom_px / self.height_px,
                (right_px - left_px) / WIDTH_PX,
                (bottom_px - top_px) / self.height_px,
            ),
            facecolor="none",
        )
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, pad=10, labelsize=points(LABEL_PX), labelcolor=css(MIST))
        axes.set_axisbelow(True)
        return axes

    def png(self) -> bytes:
        """The sheet as a file."""
        written = io.BytesIO()
        self._figure.savefig(written, format="png", facecolor=css(NIGHT))
        return written.getvalue()


def legend_height(entries: Iterable[tuple[str, int]]) -> int:
    """How much room a legend will need, in pixels; tried on a sheet that is thrown away."""
    return round(Sheet(WIDTH_PX).legend(entries, 0.0))


def points(size_px: float) -> float:
    """A size of letters as matplotlib takes it."""
    return size_px * _POINTS_PER_INCH / _DPI


def drawable(text: str) -> str:
    """A line of text in which what the font has no letter for is a box."""
    known = _letters()
    return "".join(letter if ord(letter) in known else _NOT_IN_FONT for letter in text)


@cache
def _letters() -> frozenset[int]:
    return frozenset(FT2Font(font_manager.findfont(_FONT)).get_charmap())
