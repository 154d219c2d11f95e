"""The words of waiting: where a job stands, and how long it may take."""

from bot.domain.jobs.progress import Progress
from bot.text.format import seconds
from bot.text.words import Words


def progress_line(progress: Progress, words: Words) -> str:
    """Where a job stands, with an estimate where there is one."""
    where = _where(progress, words)
    if progress.estimate_s is None:
        return where
    estimate = words("about {time}", time=seconds(words, progress.estimate_s))
    return f"{where} · {estimate}"


def _where(progress: Progress, words: Words) -> str:
    if progress.queue_position is None:
        return words(
            "Painting: {painted} of {total} there.",
            painted=progress.painted,
            total=len(progress.job.images),
        )
    if progress.queue_position == 0:
        return words("Next in the queue.")
    return words.plural(
        "In the queue, behind {count} request.",
        "In the queue, behind {count} requests.",
        progress.queue_position,
    )
