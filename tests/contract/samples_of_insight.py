"""Samples of the message about which styles do best."""

from collections.abc import Iterator
from datetime import UTC

from bot.domain.ids import ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_insight import (
    MOST_BARS,
    MOST_MODELS,
    BestStyle,
    InsightQuery,
    StyleInsight,
    StyleTrend,
)
from bot.domain.insight.style_tally import NOTHING, StyleTally
from bot.domain.statistics.statistics import Period, timeline
from bot.domain.voting.vote import Tally
from bot.text.words import Words
from bot.ui.insight.panel import style_insight_panel
from tests.contract.sample_values import LONG, WHEN
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

NAME = "*" * 100
MUCH = StyleTally(999_999, Tally(999_999, 999_999, 999_999_000, 999_999_000))


@samples_of(style_insight_panel)
def _(words: Words) -> Iterator[Sample]:
    for period in (Period.QUARTER, Period.YEAR):
        for kind in (None, PromptKind.FANTASY):
            query = InsightQuery(period=period, kind=kind, model=ModelId(LONG))
            yield style_insight_panel(full_insight(query), words)
            line = timeline(period, WHEN, UTC)
            nothing = StyleInsight(
                query=query, timeline=line, model_name=None, total=NOTHING, styles=()
            )
            yield style_insight_panel(nothing, words)


def full_insight(query: InsightQuery) -> StyleInsight:
    """As much as there can be, of all kinds and models at once."""
    line = timeline(query.period, WHEN, UTC)
    trend = StyleTrend(NAME, MUCH, (MUCH,) * len(line.days))
    return StyleInsight(
        query=query,
        timeline=line,
        model_name=LONG,
        total=MUCH,
        styles=(trend,) * MOST_BARS,
        by_kind=tuple(BestStyle(kind, NAME, MUCH) for kind in PromptKind),
        by_model=(BestStyle(NAME, NAME, MUCH),) * MOST_MODELS,
    )
