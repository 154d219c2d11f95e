"""Lying bars, one a name."""

from bot.domain.chart import BarChart
from bot.domain.palette import CHALK, NIGHT, RIPPLE
from bot.media.charts.colours import colours_of
from bot.media.charts.sheet import (
    HEADING_PX,
    LABEL_PX,
    MARGIN_PX,
    WIDTH_PX,
    Sheet,
    css,
    legend_height,
)

_BAR_PX = 62
_AXIS_PX = 60
_GAP_PX = 14
_AXIS_NAME_PX = 34
_NAMES_PX = 250
_MOST_NAMES_PX = 400
_LETTER_PX = 14
_TOTALS_PX = 130
_PICTURE_PX = 84
_PICTURED_BAR_PX = 96
"""High enough for pictures; Discord shows them half as large."""

_THICKNESS = 0.66


def draw_bars(chart: BarChart) -> Sheet:
    """Draw a stack of the series for each name."""
    colours = colours_of(chart.series)
    legend = _legend(chart, colours)
    top = HEADING_PX + (legend_height(legend) if legend else 0) + _GAP_PX
    bar_px = _PICTURED_BAR_PX if any(chart.pictures) else _BAR_PX
    sheet = Sheet(top + bar_px * len(chart.names) + _axis_px(chart))
    sheet.heading(chart.title, chart.subtitle)
    sheet.legend(legend, HEADING_PX)
    _plot(sheet, chart, colours, top)
    _put_pictures(sheet, chart, top, bar_px)
    return sheet


def _plot(sheet: Sheet, chart: BarChart, colours: tuple[int, ...], top_px: float) -> None:
    names_px = _names_px(chart)
    names_end = MARGIN_PX + names_px
    left = names_end + (_PICTURE_PX + 18 if any(chart.pictures) else 0)
    right = WIDTH_PX - MARGIN_PX - _TOTALS_PX
    bottom = sheet.height_px - _axis_px(chart)
    axes = sheet.axes(left, top_px, right, bottom)
    count = len(chart.names)
    reached = [0.0] * count
    for series, colour in zip(chart.series, colours, strict=True):
        axes.barh(
            range(count),
            series.values,
            height=_THICKNESS,
            left=reached,
            color=css(colour),
            edgecolor=css(NIGHT),
            linewidth=1.5,
        )
        reached = [low + value for low, value in zip(reached, series.values, strict=True)]
    axes.set_ylim(count - 0.5, -0.5)
    most = chart.value_marks[-1].at
    axes.set_xlim(0, most)
    axes.set_yticks([])
    axes.set_xticks(
        [mark.at for mark in chart.value_marks], [mark.label for mark in chart.value_marks]
    )
    axes.grid(axis="x", color=css(RIPPLE), linewidth=2)
    step = (bottom - top_px) / count
    for at, (name, total, value) in enumerate(zip(chart.names, chart.totals, reached, strict=True)):
        baseline = top_px + step * (at + 0.5) + LABEL_PX / 3
        written = sheet.write(name, names_end - 18, baseline, side="right", colour=CHALK)
        sheet.fit(written, names_px - 18)
        sheet.write(total, left + (right - left) * value / most + 14, baseline)
    sheet.name_below(chart.value_axis, (left + right) / 2)
    sheet.name_beside(chart.name_axis, (top_px + bottom) / 2)


def _put_pictures(sheet: Sheet, chart: BarChart, top_px: float, step_px: float) -> None:
    for at, path in enumerate(chart.pictures):
        if path is not None:
            top = top_px + step_px * (at + 0.5) - _PICTURE_PX / 2
            sheet.picture(path, MARGIN_PX + _names_px(chart), top, _PICTURE_PX)


def _legend(chart: BarChart, colours: tuple[int, ...]) -> list[tuple[str, int]]:
    """A single series is what the axis says, where that has a name."""
    if chart.value_axis and len(chart.series) == 1:
        return []
    return list(zip((series.name for series in chart.series), colours, strict=True))


def _names_px(chart: BarChart) -> int:
    """Room for the names: as much as the longest needs, within bounds."""
    longest = max(map(len, chart.names))
    return max(_NAMES_PX, min(_MOST_NAMES_PX, _LETTER_PX * longest))


def _axis_px(chart: BarChart) -> int:
    return _AXIS_PX + (_AXIS_NAME_PX if chart.value_axis else 0)
