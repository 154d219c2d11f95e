"""Columns over time."""

from bot.domain.chart import ColumnChart
from bot.domain.palette import NIGHT, RIPPLE
from bot.media.charts.colours import colours_of
from bot.media.charts.sheet import HEADING_PX, MARGIN_PX, WIDTH_PX, Sheet, css, legend_height

_PLOT_PX = 390
_AXIS_PX = 70
_GAP_PX = 24
_COLUMN = 0.74
_DIGIT_PX = 15
_SCALE_GAP_PX = 16
_LAST_LABEL_PX = 20
"""Room for half of the last label, which is wider than its column."""


def draw_columns(chart: ColumnChart) -> Sheet:
    """Draw a stack of the series for each column."""
    colours = colours_of(chart.series)
    legend = _legend(chart, colours)
    top = HEADING_PX + (legend_height(legend) if legend else 0) + _GAP_PX
    sheet = Sheet(top + _PLOT_PX + _AXIS_PX)
    sheet.heading(chart.title, chart.subtitle)
    sheet.legend(legend, HEADING_PX)
    _plot(sheet, chart, colours, top)
    return sheet


def _legend(chart: ColumnChart, colours: tuple[int, ...]) -> list[tuple[str, int]]:
    """A single series is what the title says."""
    if len(chart.series) == 1:
        return []
    return list(zip((series.name for series in chart.series), colours, strict=True))


def _plot(sheet: Sheet, chart: ColumnChart, colours: tuple[int, ...], top_px: float) -> None:
    longest = max(len(mark.label) for mark in chart.value_marks)
    axes = sheet.axes(
        MARGIN_PX + _SCALE_GAP_PX + _DIGIT_PX * longest,
        top_px,
        WIDTH_PX - MARGIN_PX - _LAST_LABEL_PX,
        sheet.height_px - _AXIS_PX,
    )
    count = len(chart.series[0].values)
    reached = [0.0] * count
    for series, colour in zip(chart.series, colours, strict=True):
        axes.bar(
            range(count),
            series.values,
            width=_COLUMN,
            bottom=reached,
            color=css(colour),
            edgecolor=css(NIGHT),
            linewidth=1.5 if len(chart.series) > 1 else 0,
        )
        reached = [low + value for low, value in zip(reached, series.values, strict=True)]
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(0, chart.value_marks[-1].at)
    axes.set_xticks(
        [mark.at for mark in chart.time_marks], [mark.label for mark in chart.time_marks]
    )
    axes.set_yticks(
        [mark.at for mark in chart.value_marks], [mark.label for mark in chart.value_marks]
    )
    axes.grid(axis="y", color=css(RIPPLE), linewidth=2)
