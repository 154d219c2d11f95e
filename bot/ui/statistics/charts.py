"""Statistics as charts: which series, which scale, which words."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.chart import ColumnChart, Mark, Series, largest, scale
from bot.domain.money import MICROS_PER_USD
from bot.domain.palette import SERIES
from bot.domain.statistics.statistics import Statistics, Topic
from bot.text.statistics import statistics as text
from bot.text.words import Words


def statistics_chart(statistics: Statistics, topic: Topic, words: Words) -> ColumnChart:
    """The chart of a topic that the statistics have."""
    series = _series(statistics, topic, words)
    return ColumnChart(
        title=text.title(topic, words),
        subtitle=text.subtitle(statistics, topic, words),
        series=series,
        time_marks=text.time_marks(statistics.timeline, words),
        value_marks=_value_marks(series, topic, words),
    )


def _series(statistics: Statistics, topic: Topic, words: Words) -> tuple[Series, ...]:
    match topic:
        case Topic.IMAGES:
            return (Series(text.tab(topic, words), statistics.images),)
        case Topic.MODELS:
            of_models = [Series(model.name, model.images) for model in statistics.models]
            shown = largest(of_models, len(SERIES), others=text.others(words))
            return tuple(replace(each, name=_with_sum(each, words)) for each in shown)
        case Topic.MEMBERS:
            return (Series(text.tab(topic, words), statistics.members or ()),)
        case Topic.COST:
            dollars = tuple(paid / MICROS_PER_USD for paid in statistics.usd_micros)
            return (Series(text.tab(topic, words), dollars),)


def _with_sum(series: Series, words: Words) -> str:
    return text.series_name(series.name, round(sum(series.values)), words)


def _value_marks(series: Sequence[Series], topic: Topic, words: Words) -> tuple[Mark, ...]:
    most = max(sum(column) for column in zip(*(each.values for each in series), strict=True))
    if topic is Topic.COST:
        return text.money_marks(scale(most, whole=False), words)
    return text.number_marks(scale(most, whole=True), words)
