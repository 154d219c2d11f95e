"""The report on spending as a chart: a bar for each member, a colour for each model."""

from collections import defaultdict
from collections.abc import Mapping

from bot.domain.chart import BarChart, Series, largest, scale
from bot.domain.ids import UserId
from bot.domain.money import MICROS_PER_USD, UsdMicros
from bot.domain.palette import SERIES
from bot.domain.statistics.statistics import Spending
from bot.services.quotas.spending_report import SpendingReport
from bot.text.format import money_sum
from bot.text.quotas import spending as text
from bot.text.statistics.statistics import money_marks, others
from bot.text.words import Words

MOST_MEMBERS = 8
"""Members with a bar of their own; the others share one."""


def spending_chart(report: SpendingReport, names: Mapping[UserId, str], words: Words) -> BarChart:
    """The chart of a report that has lines; members without a name are shown by their id."""
    rows = member_rows(report)
    series = largest(_series(report, rows), len(SERIES), others=others(words))
    totals = [sum(line.usd_micros for line in row) for row in rows]
    return BarChart(
        title=text.title(words),
        subtitle=text.subtitle(report.start, report.end, words),
        names=tuple(row_name(row, names, words) for row in rows),
        totals=tuple(money_sum(words, UsdMicros(total)) for total in totals),
        series=series,
        value_marks=money_marks(scale(max(totals) / MICROS_PER_USD, whole=False), words),
    )


def member_rows(report: SpendingReport) -> list[tuple[Spending, ...]]:
    """The lines of a bar each, the dearest first, the members beyond the first few last."""
    of_members: dict[UserId | None, list[Spending]] = defaultdict(list)
    for line in report.lines:
        of_members[line.user_id].append(line)
    rows = sorted(
        (tuple(lines) for lines in of_members.values()),
        key=lambda row: -sum(line.usd_micros for line in row),
    )
    if len(rows) <= MOST_MEMBERS:
        return rows
    rest = rows[MOST_MEMBERS - 1 :]
    return [*rows[: MOST_MEMBERS - 1], tuple(line for row in rest for line in row)]


def row_name(row: tuple[Spending, ...], names: Mapping[UserId, str], words: Words) -> str:
    """Whose a bar is."""
    user_ids = {line.user_id for line in row}
    if len(user_ids) > 1:
        return text.other_members(len(user_ids), words)
    [user_id] = user_ids
    if user_id is None:
        return text.former_members(words)
    return names.get(user_id, f"{user_id}")


def _series(report: SpendingReport, rows: list[tuple[Spending, ...]]) -> list[Series]:
    return [
        Series(
            name,
            tuple(
                sum(line.usd_micros for line in row if line.model == model) / MICROS_PER_USD
                for row in rows
            ),
        )
        for model, name in report.model_names.items()
    ]
