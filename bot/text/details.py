"""The words of a result's details: all that its record says."""

from collections.abc import Sequence

from bot.domain.job import Job, JobImage
from bot.domain.lineage import Ancestor, Sight
from bot.domain.policy import SafetySignals
from bot.text.failures import explain_failure
from bot.text.format import message_link, moment, money, seconds
from bot.text.quoting import as_code
from bot.text.words import N_, Words

_SIGHTS: dict[Sight, str] = {
    Sight.OPEN: N_("seed {seed}"),
    Sight.OWN_PRIVATE: N_("seed {seed}, a private picture of yours"),
    Sight.HIDDEN: N_("a private picture"),
    Sight.DELETED: N_("a deleted picture"),
}


def setting_lines(job: Job, words: Words) -> list[str]:
    """What the pictures were painted by, one setting a line."""
    recipe = job.recipe
    settings = {
        words("Model"): f"{recipe.model_name} ({as_code(recipe.model)})",
        words("Size"): f"{recipe.size}",
        words("Quality"): recipe.quality and recipe.quality.value,
        words("Style"): recipe.style,
        words("Format"): recipe.image_format,
        words("Safe mode"): words("on") if recipe.safe_mode else words("off"),
        words("Visible to"): _audience(job, words),
        words("Asked for"): f"<@{job.origin.user_id}>, {moment(job.created_at)}",
        words("Job"): as_code(job.id),
    }
    return [f"**{name}:** {value}" for name, value in settings.items() if value]


def image_line(job: Job, image: JobImage, words: Words) -> str:
    """One picture: seed, price, times, safety; or why there is none."""
    number = f"**{image.position + 1}.** {words('seed {seed}', seed=image.seed)}"
    if image.failure is not None:
        return f"{number} · {explain_failure(image.failure, job.id, words)}"
    parts = [number, money(words, image.reserved_usd_micros)]
    if image.sent_at is not None and not job.shared:
        waited_s = (image.sent_at - job.created_at).total_seconds()
        parts.append(words("waited {time}", time=seconds(words, waited_s)))
    if image.duration_ms is not None:
        took = seconds(words, image.duration_ms / 1_000)
        parts.append(words("painted in {time}", time=took))
    return " · ".join([*parts, _safety(image.signals, words)])


def lineage_lines(lineage: Sequence[Ancestor], words: Words) -> list[str]:
    """Where a picture came from, the nearest first, with links to what is there."""
    return [f"{number}. {_ancestor(each, words)}" for number, each in enumerate(lineage, start=1)]


def headings(words: Words) -> dict[str, str]:
    """What the parts of the details are called."""
    return {
        "prompt": words("Prompt"),
        "negative": words("Negative prompt"),
        "pictures": words("Pictures"),
        "lineage": words("Came from"),
    }


def _audience(job: Job, words: Words) -> str:
    if job.request.private:
        return words("the member alone")
    return words("everybody here, shared from a private result") if job.shared else ""


def _safety(signals: SafetySignals, words: Words) -> str:
    if signals.content_violation:
        return words("against the image service's content rules")
    if signals.blurred:
        return words("blurred by safe mode")
    if signals.blurred is None and signals.content_violation is None:
        return words("no safety signals")
    return words("nothing found by the safety check")


def _ancestor(each: Ancestor, words: Words) -> str:
    text = words(_SIGHTS[each.sight], seed=each.seed)
    return f"[{text}]({message_link(each.guild_id, each.shown)})" if each.shown else text
