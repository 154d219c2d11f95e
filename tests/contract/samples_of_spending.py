"""Samples of the messages about what was painted and spent."""

from collections.abc import Iterator
from datetime import UTC

from bot.domain.ids import UserId
from bot.domain.money import UsdMicros
from bot.domain.statistics.statistics import (
    ModelSeries,
    Period,
    Spending,
    Statistics,
    StatisticsQuery,
    Topic,
    Whose,
    timeline,
)
from bot.services.quotas.spending_report import SpendingReport
from bot.text.words import Words
from bot.ui.quotas.spending_chart import spending_chart
from bot.ui.quotas.spending_panel import spending_panel
from bot.ui.statistics.panel import stats_panel
from tests.contract.sample_values import (
    HIGHEST_ID,
    LONG,
    MODEL,
    WHEN,
)
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

MUCH = UsdMicros(999_999_000_000)


@samples_of(stats_panel)
def _(words: Words) -> Iterator[Sample]:
    for topic in Topic:
        for whose in Whose:
            for period in Period:
                query = StatisticsQuery(topic, whose, period)
                yield stats_panel(statistics(query, models=25), query, words)
                yield stats_panel(statistics(query, models=0), query, words)


def statistics(query: StatisticsQuery, *, models: int) -> Statistics:
    line = timeline(query.period, WHEN, UTC)
    spans = len(line.days)
    series = tuple(
        ModelSeries(f"{MODEL.name} {n}", (999_999,) * spans, (MUCH,) * spans) for n in range(models)
    )
    return Statistics(query.whose, query.period, line, series, (99_999,) * spans, 999_999, True)


@samples_of(spending_panel)
def _(words: Words) -> Iterator[Sample]:
    lines = tuple(Spending(UserId(HIGHEST_ID - n), MODEL.id, 999_999, MUCH) for n in range(500))
    deleted = Spending(None, MODEL.id, 999_999, MUCH)
    for some in ((*lines, deleted), lines[:1]):
        report = SpendingReport(WHEN, WHEN, some, {MODEL.id: LONG[:100]})
        yield spending_panel(report, spending_chart(report, {}, words), words)
    empty = SpendingReport(WHEN, WHEN, (), {})
    yield spending_panel(empty, None, words)
