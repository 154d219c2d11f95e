"""Which series has which colour."""

from collections.abc import Sequence

from bot.domain.chart import Series
from bot.domain.palette import OTHERS, SERIES


def colours_of(series: Sequence[Series]) -> tuple[int, ...]:
    """A colour of its own for each, as long as there are any; the rest are grey."""
    return tuple(SERIES[at] if at < len(SERIES) else OTHERS for at in range(len(series)))
