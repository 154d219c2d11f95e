"""The words for a budget that comes to its end."""

from bot.domain.quotas.budget_alert import BudgetAlert
from bot.text.format import moment, money
from bot.text.quotas.quota import window_span
from bot.text.words import Words


def budget_warning(alert: BudgetAlert, words: Words) -> str:
    """What is used, and what happens at the end."""
    return words(
        "This server has used {used} of its {most} {span}. At the limit nothing more is painted "
        "until {reset}; everything that is free goes on.",
        used=money(words, alert.used_usd_micros),
        most=money(words, alert.most_usd_micros),
        span=window_span(alert.window.kind, words),
        reset=moment(alert.window.end),
    )
