"""The words of `/quota`."""

from bot.domain.quota import QuotaStatus
from bot.text.format import moment
from bot.text.words import Words


def quota_lines(status: QuotaStatus, words: Words) -> str:
    """What is left today and when it resets."""
    if status.limit is None or status.left is None:
        return words.plural(
            "You have made {count} image today. There is no limit for you.",
            "You have made {count} images today. There is no limit for you.",
            status.used,
        )
    return words.plural(
        "You have **{count} image** left of {limit} today. It resets at {reset}.",
        "You have **{count} images** left of {limit} today. It resets at {reset}.",
        status.left,
        limit=status.limit,
        reset=moment(status.resets_at),
    )
