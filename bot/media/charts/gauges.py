"""A bar for each limit: what is used, reserved and left of it."""

from bot.domain.chart import GaugeBar, GaugeChart
from bot.domain.palette import BRICK, LANTERN, MIST, RIPPLE, SERIES
from bot.media.charts.sheet import MARGIN_PX, WIDTH_PX, Sheet

_BAR_PX = 34
_ROW_PX = 132
_TOP_PX = 14
_LEGEND_PX = 62
_USED = SERIES[0]
_RESERVED = LANTERN
_TRACK_PX = WIDTH_PX - 2 * MARGIN_PX


def draw_gauges(chart: GaugeChart) -> Sheet:
    """Draw the bars one under another, and the names of their parts."""
    sheet = Sheet(_TOP_PX + _ROW_PX * len(chart.bars) + _LEGEND_PX)
    top = float(_TOP_PX)
    for bar in chart.bars:
        _draw_bar(sheet, bar, top)
        top += _ROW_PX
    sheet.legend(_legend(chart), top)
    return sheet


def _draw_bar(sheet: Sheet, bar: GaugeBar, top_px: float) -> None:
    sheet.write(bar.name, MARGIN_PX, top_px + 42, bold=True)
    sheet.write(bar.amount, WIDTH_PX - MARGIN_PX, top_px + 42, side="right")
    track_px = top_px + 58
    sheet.box(MARGIN_PX, track_px, _TRACK_PX, _BAR_PX, RIPPLE)
    if bar.used is not None:
        _fill(sheet, track_px, bar.used + bar.reserved, _RESERVED)
        _fill(sheet, track_px, bar.used, BRICK if bar.used >= 1 else _USED)
    sheet.write(bar.note, MARGIN_PX, track_px + _BAR_PX + 30, size_px=22, colour=MIST)


def _fill(sheet: Sheet, top_px: float, share: float, colour: int) -> None:
    """Fill the track from the left; a little of something is seen."""
    if share > 0:
        width = max(_BAR_PX, _TRACK_PX * min(1.0, share))
        sheet.box(MARGIN_PX, top_px, width, _BAR_PX, colour)


def _legend(chart: GaugeChart) -> list[tuple[str, int]]:
    named = [(chart.used, _USED)]
    if any(bar.reserved for bar in chart.bars):
        named.append((chart.reserved, _RESERVED))
    return [*named, (chart.left, RIPPLE)]
