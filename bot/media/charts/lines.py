"""Lines over time."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from bot.domain.chart import Line, LineChart
from bot.domain.palette import NIGHT, OTHERS, RIPPLE, SERIES
from bot.media.charts.sheet import (
    HEADING_PX,
    LABEL_PX,
    MARGIN_PX,
    WIDTH_PX,
    Sheet,
    css,
    legend_height,
    points,
)

_PLOT_PX = 420
_AXIS_PX = 104
_GAP_PX = 24
_DIGIT_PX = 15
_SCALE_GAP_PX = 16
_NUMBERS_PX = 46
_NUMBERS_APART = 0.062
"""How far the numbers at the ends of lines are apart, as a share of the scale."""

_SHAPES = "osD^v"
"""A shape for each line, for eyes that mix up colours."""


def draw_lines(chart: LineChart) -> Sheet:
    """Draw a line for each, dotted where values are missing, with its number at the right."""
    legend = [
        (f"{number}  {line.name}", _colour(number - 1))
        for number, line in enumerate(chart.lines, start=1)
    ]
    top = HEADING_PX + legend_height(legend) + _GAP_PX
    sheet = Sheet(top + _PLOT_PX + _AXIS_PX)
    sheet.heading(chart.title, chart.subtitle)
    sheet.legend(legend, HEADING_PX)
    _plot(sheet, chart, top)
    return sheet


def _plot(sheet: Sheet, chart: LineChart, top_px: float) -> None:
    longest = max(len(mark.label) for mark in chart.value_marks)
    left = MARGIN_PX + _SCALE_GAP_PX + _DIGIT_PX * longest
    right, bottom = WIDTH_PX - MARGIN_PX - _NUMBERS_PX, sheet.height_px - _AXIS_PX
    axes = sheet.axes(left, top_px, right, bottom)
    for at, line in enumerate(chart.lines):
        _draw(axes, at, line)
    last = len(chart.lines[0].values) - 1
    most = chart.value_marks[-1].at
    axes.set_xlim(-0.4, last + 0.4)
    axes.set_ylim(0, most)
    axes.set_xticks(
        [mark.at for mark in chart.time_marks], [mark.label for mark in chart.time_marks]
    )
    axes.set_yticks(
        [mark.at for mark in chart.value_marks], [mark.label for mark in chart.value_marks]
    )
    axes.grid(axis="y", color=css(RIPPLE), linewidth=2)
    for at, height in _heights(chart.lines, most):
        baseline = bottom - (bottom - top_px) * height / most + LABEL_PX / 3
        sheet.write(f"{at + 1}", right + 14, baseline, colour=_colour(at), bold=True)
    sheet.name_below(chart.time_axis, (left + right) / 2)
    sheet.name_beside(chart.value_axis, (top_px + bottom) / 2)


def _draw(axes: Axes, at: int, line: Line) -> None:
    known = [(x, value) for x, value in enumerate(line.values) if value is not None]
    axes.plot(
        [x for x, _ in known],
        [value for _, value in known],
        color=css(_colour(at)),
        linewidth=2,
        linestyle=":",
    )
    axes.plot(
        range(len(line.values)),
        [float("nan") if value is None else value for value in line.values],
        color=css(_colour(at)),
        linewidth=4,
        marker=_SHAPES[at % len(_SHAPES)],
        markersize=points(18),
        markeredgecolor=css(NIGHT),
        markeredgewidth=1.5,
        clip_on=False,
        zorder=len(SERIES) + 2 - at,
    )


def _heights(lines: Sequence[Line], most: float) -> list[tuple[int, float]]:
    """Where the number of each line is written: at its last value, or as near as there is room."""
    ends = sorted(
        (next(value for value in reversed(line.values) if value is not None), -at)
        for at, line in enumerate(lines)
        if any(value is not None for value in line.values)
    )
    apart, placed = _NUMBERS_APART * most, list[tuple[int, float]]()
    lowest = 0.0
    for end, at in ends:
        height = max(end, lowest)
        placed.append((-at, height))
        lowest = height + apart
    return placed


def _colour(at: int) -> int:
    return SERIES[at] if at < len(SERIES) else OTHERS
