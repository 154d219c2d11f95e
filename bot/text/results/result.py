"""The words around a result: the caption under the pictures, and what did not become one."""

from collections.abc import Sequence

from bot.domain.asking.any_recipe import has_extras, quality_of, size_of, style_of, tool_of
from bot.domain.gate.policy import SafetySignals
from bot.domain.gate.rule import Rule
from bot.domain.jobs.job import Job, JobImage
from bot.domain.money import UsdMicros
from bot.text.format import megabytes, money, seconds
from bot.text.gate.rules import explain_rule
from bot.text.quoting import as_plain
from bot.text.words import Words


def caption(
    job: Job,
    seeds: tuple[int, ...],
    cost_usd_micros: UsdMicros | None,
    took_s: float | None,
    words: Words,
) -> str:
    """Model, size, style, seeds, cost and time, in one line; a tool has no seeds."""
    recipe = job.recipe
    parts = [
        recipe.model_name,
        size_of(recipe),
        quality_of(recipe),
        style_of(recipe),
        _seeds(seeds, words) if tool_of(recipe) is None else None,
        _cost(job, cost_usd_micros, words),
        None if took_s is None else seconds(words, took_s),
    ]
    return " · ".join(filter(None, parts))


def _seeds(seeds: tuple[int, ...], words: Words) -> str:
    listed = ", ".join(map(str, seeds))
    return words.plural("seed {seeds}", "seeds {seeds}", len(seeds), seeds=listed)


def _cost(job: Job, cost_usd_micros: UsdMicros | None, words: Words) -> str:
    """What the API charged for extras is not known, only what it is at most."""
    price = money(words, cost_usd_micros)
    if cost_usd_micros is None or not has_extras(job.recipe):
        return price
    return words("at most {price}", price=price)


def rewritten(prompt: str, words: Words) -> str:
    """What the image service made of the prompt."""
    return words("Rewritten: {prompt}", prompt=as_plain(prompt))


def asked_by(job: Job, words: Words) -> str:
    """Who asked for a picture that does not stand under their command."""
    return words("Asked for by {member}.", member=f"<@{job.origin.user_id}>")


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


def held_count(held: int, rule: Rule, words: Words) -> str:
    """How many of the images moderators see first, and by which rule."""
    said = words.plural(
        "{count} image waits for a moderator. You are told if it is not shown, and are then not "
        "charged for it.",
        "{count} images wait for a moderator. You are told of those that are not shown, and are "
        "then not charged for them.",
        held,
    )
    return f"{said} {explain_rule(rule, words)}"


def hidden_count(hidden: int, words: Words) -> str:
    """How many of the pictures wait unseen for a moderator."""
    return words.plural(
        "{count} picture was reported and is hidden, pending review by a moderator.",
        "{count} pictures were reported and are hidden, pending review by a moderator.",
        hidden,
    )


def removed_count(removed: int, words: Words) -> str:
    """How many of the pictures a moderator has removed."""
    return words.plural(
        "{count} picture was removed by a moderator.",
        "{count} pictures were removed by a moderator.",
        removed,
    )


def shared_by(job: Job, words: Words) -> str:
    """Who shows everybody a picture that was private."""
    return words("Shared by {member}.", member=f"<@{job.origin.user_id}>")


def smaller_copies(originals_bytes: Sequence[int], words: Words) -> str:
    """That smaller copies are shown, and how large the originals are."""
    return words.plural(
        "{count} picture is shown as a smaller copy; the original has {sizes}.",
        "{count} pictures are shown as smaller copies; the originals have {sizes}.",
        len(originals_bytes),
        sizes=", ".join(megabytes(words, size_bytes) for size_bytes in originals_bytes),
    )


def original_line(image: JobImage, words: Words) -> str:
    """What an original is: its seed if it has one, its format and its size."""
    assert image.picture is not None  # noqa: S101 - an original has one
    file_format = image.picture.content_type.removeprefix("image/").upper()
    size = megabytes(words, image.picture.size_bytes)
    if not image.seed:
        return words("The original: {format}, {size}.", format=file_format, size=size)
    return words(
        "The original of seed {seed}: {format}, {size}.",
        seed=image.seed,
        format=file_format,
        size=size,
    )


def safety_label(signals: SafetySignals, words: Words) -> str | None:
    """What members should know of a picture's safety, or None if there is nothing to say."""
    return words("Blurred by safe mode.") if signals.blurred else None


def alt_text(prompt: str, limit: int = 1024) -> str:
    """A description for those who do not see the picture: its prompt."""
    return prompt if len(prompt) <= limit else f"{prompt[: limit - 1]}…"
