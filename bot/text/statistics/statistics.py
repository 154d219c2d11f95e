"""The words of `/stats usage`, in the message and in its charts."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from babel.numbers import format_currency, format_decimal

from bot.domain.chart import Mark
from bot.domain.money import UsdMicros
from bot.domain.statistics.statistics import Grain, Period, Statistics, Timeline, Topic, Whose
from bot.text.dates import interval, months, short_day, short_month, span_name, weekday
from bot.text.format import money_sum
from bot.text.words import N_, Words

_TITLES = {
    Topic.IMAGES: N_("Images over time"),
    Topic.MODELS: N_("Images by model"),
    Topic.MEMBERS: N_("Members who painted"),
    Topic.COST: N_("Cost over time"),
}
_TABS = {
    Topic.IMAGES: N_("Images"),
    Topic.MODELS: N_("Models"),
    Topic.MEMBERS: N_("Members"),
    Topic.COST: N_("Cost"),
}
_PERIODS = {
    Period.WEEK: N_("7 days"),
    Period.MONTH: N_("30 days"),
    Period.QUARTER: N_("13 weeks"),
    Period.YEAR: N_("12 months"),
}
_UNITS = {
    (Topic.IMAGES, Grain.DAY): N_("images per day"),
    (Topic.IMAGES, Grain.WEEK): N_("images per week"),
    (Topic.IMAGES, Grain.MONTH): N_("images per month"),
    (Topic.MODELS, Grain.DAY): N_("images per day"),
    (Topic.MODELS, Grain.WEEK): N_("images per week"),
    (Topic.MODELS, Grain.MONTH): N_("images per month"),
    (Topic.MEMBERS, Grain.DAY): N_("members per day"),
    (Topic.MEMBERS, Grain.WEEK): N_("members per week"),
    (Topic.MEMBERS, Grain.MONTH): N_("members per month"),
    (Topic.COST, Grain.DAY): N_("US dollars per day"),
    (Topic.COST, Grain.WEEK): N_("US dollars per week"),
    (Topic.COST, Grain.MONTH): N_("US dollars per month"),
}

_DAYS_WITH_A_LABEL_EACH = 7
_DAYS_A_LABEL = 7
_WEEKS_A_LABEL = 3
_MODELS_NAMED = 8


def title(topic: Topic, words: Words) -> str:
    """What a chart shows."""
    return words(_TITLES[topic])


def heading(statistics: Statistics, topic: Topic, words: Words) -> str:
    """What the message shows, and whose."""
    whose = words("yours") if statistics.whose is Whose.ME else words("this server")
    return f"**{title(topic, words)}** · {whose}"


def subtitle(statistics: Statistics, topic: Topic, words: Words) -> str:
    """The unit of a chart and the time it is about."""
    line = statistics.timeline
    unit = words(_UNITS[topic, line.grain])
    between = months if line.grain is Grain.MONTH else interval
    return f"{unit} · {between(line.days[0], line.today, words)}"


def tab(topic: Topic, words: Words) -> str:
    """A button's label."""
    return words(_TABS[topic])


def period(value: Period, words: Words) -> str:
    """A button's label."""
    return words(_PERIODS[value])


def others(words: Words) -> str:
    """What is left when the largest have names of their own."""
    return words("Others")


def series_name(name: str, images: int, words: Words) -> str:
    """A model in the legend, with what it painted in all."""
    return f"{name} · {_number(words, images)}"


def nothing_counted(words: Words) -> str:
    """In place of a chart without a column."""
    return words("Nothing was painted in this time. `/imagine` makes a start.")


def summary(statistics: Statistics, topic: Topic, words: Words) -> str:
    """What a chart says, in a sentence or two."""
    match topic:
        case Topic.IMAGES:
            return f"{_images_in_all(statistics, words)} {_most_images(statistics, words)}"
        case Topic.MODELS:
            return f"{_images_in_all(statistics, words)} {_models(statistics, words)}"
        case Topic.MEMBERS:
            return _members(statistics, words)
        case Topic.COST:
            return _cost(statistics, words)


def alt_text(statistics: Statistics, topic: Topic, words: Words) -> str:
    """A chart for those who do not see it."""
    shown = f"{title(topic, words)}, {subtitle(statistics, topic, words)}."
    return f"{shown} {summary(statistics, topic, words)}"


def time_marks(line: Timeline, words: Words) -> tuple[Mark, ...]:
    """What stands under the columns; of many columns some are labelled, the last one always."""
    last = len(line.days) - 1
    if line.grain is Grain.MONTH:
        step, label = 1, short_month
    elif line.grain is Grain.WEEK:
        step, label = _WEEKS_A_LABEL, short_day
    elif len(line.days) <= _DAYS_WITH_A_LABEL_EACH:
        step, label = 1, weekday
    else:
        step, label = _DAYS_A_LABEL, short_day
    shown = range(last % step, last + 1, step)
    return tuple(Mark(at, label(line.days[at], words)) for at in shown)


def number_marks(scale: Sequence[float], words: Words) -> tuple[Mark, ...]:
    """What stands at a scale of numbers."""
    return tuple(Mark(at, format_decimal(round(at), locale=words.locale)) for at in scale)


def money_marks(scale: Sequence[float], words: Words) -> tuple[Mark, ...]:
    """What stands at a scale of dollars: as many decimals as its steps have, at least two."""
    step = scale[1]
    decimals = next(count for count in range(2, 7) if math.isclose(round(step, count), step))
    number = f"#,##0.{'0' * decimals}"
    pattern = f"¤{number}" if words.language == "en" else f"{number} ¤"
    return tuple(
        Mark(
            at,
            format_currency(at, "USD", format=pattern, locale=words.locale, currency_digits=False),
        )
        for at in scale
    )


def _images_in_all(statistics: Statistics, words: Words) -> str:
    return words.plural("{count} image in all.", "{count} images in all.", sum(statistics.images))


def _most_images(statistics: Statistics, words: Words) -> str:
    return _most(statistics, statistics.images, partial(_number, words), words)


def _models(statistics: Statistics, words: Words) -> str:
    named = [f"{series.name} {_number(words, sum(series.images))}" for series in statistics.models]
    shown = ", ".join(named[:_MODELS_NAMED])
    return words("Most of them by: {models}.", models=shown)


def _members(statistics: Statistics, words: Words) -> str:
    counted = words.plural(
        "{count} member painted.", "{count} members painted.", statistics.total_members or 0
    )
    most = _most(statistics, statistics.members or (), partial(_number, words), words)
    return f"{counted} {most}"


def _cost(statistics: Statistics, words: Words) -> str:
    paid = statistics.usd_micros
    in_all = words("{cost} in all.", cost=_dollars(words, sum(paid)))
    return f"{in_all} {_most(statistics, paid, partial(_dollars, words), words)}"


def _most(
    statistics: Statistics, values: Sequence[int], said: Callable[[int], str], words: Words
) -> str:
    """The highest column, the later one of two."""
    line = statistics.timeline
    at = max(range(len(values)), key=lambda span: (values[span], span))
    name = span_name(line.grain, line.days[at], words)
    return words("The most: {amount} ({when}).", amount=said(values[at]), when=name)


def _number(words: Words, value: int) -> str:
    return format_decimal(value, locale=words.locale)


def _dollars(words: Words, micros: int) -> str:
    return money_sum(words, UsdMicros(micros))
