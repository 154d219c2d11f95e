"""How days, weeks and months are written."""

from datetime import date

from babel.dates import format_date, format_interval, format_skeleton

from bot.domain.statistics.statistics import Grain
from bot.text.words import Words


def interval(first: date, last: date, words: Words) -> str:
    """From one day to another, with the year."""
    return format_interval(first, last, "yMMMd", locale=words.locale)


def months(first: date, last: date, words: Words) -> str:
    """From one month to another."""
    return format_interval(first, last, "yMMM", locale=words.locale)


def weekday(day: date, words: Words) -> str:
    """A day of the present week."""
    return format_date(day, "ccc d", locale=words.locale)


def short_day(day: date, words: Words) -> str:
    """A day of the present year."""
    return format_skeleton("MMMd", day, locale=words.locale)


def short_month(day: date, words: Words) -> str:
    """A month of the present year."""
    return format_date(day, "LLL", locale=words.locale)


def span_name(grain: Grain, first: date, words: Words) -> str:
    """A day, a week or a month by its first day."""
    match grain:
        case Grain.DAY:
            return short_day(first, words)
        case Grain.WEEK:
            return words("week of {day}", day=short_day(first, words))
        case Grain.MONTH:
            return format_skeleton("yMMMM", first, locale=words.locale)
