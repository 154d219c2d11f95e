"""The words of the managers' report on spending."""

from datetime import datetime, timedelta

from bot.domain.money import UsdMicros
from bot.text.dates import interval
from bot.text.format import money_sum
from bot.text.words import Words

_LAST_MOMENT = timedelta(microseconds=1)


def title(words: Words) -> str:
    """What is reported."""
    return words("Spending by member and model")


def subtitle(start: datetime, end: datetime, words: Words) -> str:
    """The unit and the days, of which the last is the one before `end`."""
    days = interval(start.date(), (end - _LAST_MOMENT).date(), words)
    return f"{words('US dollars')} · {days}"


def in_all(images: int, usd_micros: UsdMicros, words: Words) -> str:
    """What everybody spent together."""
    return words.plural(
        "{count} image for {cost}.",
        "{count} images for {cost}.",
        images,
        cost=money_sum(words, usd_micros),
    )


def spent(images: int, usd_micros: UsdMicros, words: Words) -> str:
    """What one member spent, behind their name."""
    return words.plural(
        "{cost} ({count} image)",
        "{cost} ({count} images)",
        images,
        cost=money_sum(words, usd_micros),
    )


def former_members(words: Words) -> str:
    """Members whose data is deleted, together."""
    return words("former members")


def other_members(count: int, words: Words) -> str:
    """Members beyond those who are shown by name, together."""
    return words.plural("{count} other", "{count} others", count)


def nothing_spent(words: Words) -> str:
    """In place of a chart without a bar."""
    return words("Nothing was spent in this time.")


def alt_text(subtitle_line: str, totals: list[tuple[str, str]], words: Words) -> str:
    """The chart for those who do not see it."""
    listed = ", ".join(f"{name} {total}" for name, total in totals)
    return f"{title(words)}, {subtitle_line}: {listed}."
