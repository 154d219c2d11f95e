"""The words around a result: the caption under the pictures, and what did not become one."""

from bot.domain.job import Job
from bot.domain.money import UsdMicros
from bot.domain.policy import SafetySignals
from bot.text.format import money, seconds
from bot.text.words import Words


def caption(
    job: Job,
    seeds: tuple[int, ...],
    cost_usd_micros: UsdMicros | None,
    took_s: float,
    words: Words,
) -> str:
    """Model, size, style, seeds, cost and time, in one line."""
    recipe = job.recipe
    parts = [
        recipe.model_name,
        f"{recipe.size}",
        *([recipe.quality.value] if recipe.quality else []),
        *([recipe.style] if recipe.style else []),
        words.plural("seed {seeds}", "seeds {seeds}", len(seeds), seeds=", ".join(map(str, seeds))),
        money(words, cost_usd_micros),
        seconds(words, took_s),
    ]
    return " · ".join(parts)


def failed_count(failed: int, total: int, words: Words) -> str:
    """How many of the images were not made."""
    return words.plural(
        "{count} of {total} images was not made.",
        "{count} of {total} images were not made.",
        failed,
        total=total,
    )


def cancelled_count(cancelled: int, words: Words) -> str:
    """How many of the images were cancelled in time."""
    return words.plural(
        "{count} image was cancelled before it was sent. Not charged.",
        "{count} images were cancelled before they were sent. Not charged.",
        cancelled,
    )


def shared_by(job: Job, words: Words) -> str:
    """Who shows everybody a picture that was private."""
    return words("Shared by {member}.", member=f"<@{job.origin.user_id}>")


def safety_label(signals: SafetySignals, words: Words) -> str | None:
    """What members should know of a picture's safety, or None if there is nothing to say."""
    return words("Blurred by safe mode.") if signals.blurred else None


def alt_text(prompt: str, limit: int = 1024) -> str:
    """A description for those who do not see the picture: its prompt."""
    return prompt if len(prompt) <= limit else f"{prompt[: limit - 1]}…"
