"""Every kind of chart as a picture. Importing this loads matplotlib."""

import matplotlib as mpl

from bot.domain.chart import BarChart, Chart, ColumnChart, GaugeChart, LineChart
from bot.media.charts.bars import draw_bars
from bot.media.charts.columns import draw_columns
from bot.media.charts.gauges import draw_gauges
from bot.media.charts.lines import draw_lines
from bot.media.charts.sheet import Sheet


def png_of(chart: Chart) -> bytes:
    """A chart as a PNG file."""
    # Labels are written as they are: `$` begins no formula.
    with mpl.rc_context({"font.family": ["DejaVu Sans"], "text.parse_math": False}):
        return _sheet_of(chart).png()


def _sheet_of(chart: Chart) -> Sheet:
    match chart:
        case ColumnChart():
            return draw_columns(chart)
        case BarChart():
            return draw_bars(chart)
        case LineChart():
            return draw_lines(chart)
        case GaugeChart():
            return draw_gauges(chart)
