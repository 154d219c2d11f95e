"""The words of the bars beside `/quota`."""

from collections.abc import Sequence

from babel.numbers import format_decimal

from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import Unit
from bot.domain.quotas.quota import QuotaLine
from bot.domain.quotas.row import QuotaRow
from bot.text.format import money
from bot.text.quotas.quota import window_name
from bot.text.words import Words


def used(words: Words) -> str:
    """The name of a bar's first part."""
    return words("used")


def reserved(words: Words) -> str:
    """The name of its second part: what is being painted."""
    return words("reserved")


def left(words: Words) -> str:
    """The name of what is still empty."""
    return words("left")


def bar_label(line: QuotaLine, words: Words) -> str:
    """The name of a cap: its window and what it counts."""
    window = window_name(line.window, words)
    if line.unit is Unit.USD_MICROS:
        return words("{window}, US dollars", window=window)
    return words("{window}, images", window=window)


def amount(row: QuotaRow, words: Words) -> str:
    """How much of a limit is taken, reservations included."""
    taken = _said(row.used + row.reserved, row.unit, words)
    if row.limit is None:
        return words("{taken}, no limit", taken=taken)
    return words("{taken} of {limit}", taken=taken, limit=_said(row.limit, row.unit, words))


def note(row: QuotaRow, words: Words) -> str:
    """What is left of a limit and what is reserved; nothing where there is no limit."""
    if row.left is None:
        return ""
    parts = [words("{left} left", left=_said(row.left, row.unit, words))]
    if row.reserved:
        parts.append(words("{amount} reserved", amount=_said(row.reserved, row.unit, words)))
    return " · ".join(parts)


def alt_text(rows: Sequence[QuotaRow], words: Words) -> str:
    """The bars for those who do not see them."""
    said = [
        f"{row.label}: {', '.join(filter(None, (amount(row, words), note(row, words))))}."
        for row in rows
    ]
    return " ".join(said)


def _said(value: int, unit: Unit, words: Words) -> str:
    if unit is Unit.USD_MICROS:
        return money(words, UsdMicros(value))
    return format_decimal(value, locale=words.locale)
