"""The words of a result's details: all that its record says."""

from collections.abc import Sequence

from bot.domain.asking.any_recipe import (
    AnyRecipe,
    format_of,
    quality_of,
    size_of,
    style_of,
    tool_of,
)
from bot.domain.asking.request import Recipe
from bot.domain.gate.policy import SafetySignals
from bot.domain.jobs.job import Job, JobImage
from bot.domain.library.lineage import Ancestor, Sight
from bot.domain.tools.recipes import CutOutRecipe, UpscaleRecipe
from bot.text.format import message_link, moment, money, seconds
from bot.text.quoting import as_code
from bot.text.results.failures import explain_failure
from bot.text.results.result import rewritten
from bot.text.tools.tools import made_by, work_of
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
        words("Work"): work_of(recipe, words),
        words("Size"): size_of(recipe),
        words("Quality"): quality_of(recipe),
        words("Style"): style_of(recipe),
        **_numbers(recipe, words),
        words("Extras"): _extras(recipe, words),
        words("Format"): format_of(recipe),
        words("Safe mode"): _safe_mode(recipe, words),
        words("Visible to"): _audience(job, words),
        words("Asked for"): f"<@{job.origin.user_id}>, {moment(job.created_at)}",
        words("Job"): as_code(job.id),
    }
    return [f"**{name}:** {value}" for name, value in settings.items() if value]


def image_line(job: Job, image: JobImage, words: Words) -> str:
    """One picture: seed, price, times, safety; or why there is none."""
    number = f"**{image.position + 1}.**"
    if tool_of(job.recipe) is None:
        number += f" {words('seed {seed}', seed=image.seed)}"
    if image.failure is not None:
        return f"{number} · {explain_failure(image.failure, job.id, words)}"
    parts = [number, money(words, image.reserved_usd_micros)]
    if image.sent_at is not None and not job.shared:
        waited_s = (image.sent_at - job.created_at).total_seconds()
        parts.append(words("waited {time}", time=seconds(words, waited_s)))
    if image.duration_ms is not None:
        took = seconds(words, image.duration_ms / 1_000)
        parts.append(words("painted in {time}", time=took))
    line = " · ".join([*parts, _safety(image.signals, words)])
    if image.enhanced_prompt:
        return f"{line}\n-# {rewritten(image.enhanced_prompt, words)}"
    return line


def lineage_lines(lineage: Sequence[Ancestor], words: Words) -> list[str]:
    """Where a picture came from, the nearest first, with links to what is there."""
    return [f"{number}. {_ancestor(each, words)}" for number, each in enumerate(lineage, start=1)]


def headings(words: Words) -> dict[str, str]:
    """What the parts of the details are called."""
    return {
        "prompt": words("Prompt"),
        "no_prompt": words("Made without a prompt"),
        "negative": words("Negative prompt"),
        "pictures": words("Pictures"),
        "lineage": words("Came from"),
    }


def _numbers(recipe: AnyRecipe, words: Words) -> dict[str, str | None]:
    """The numbers that only paintings have."""
    if not isinstance(recipe, Recipe):
        return {}
    numbers = {
        words("Steps"): recipe.steps,
        words("Guidance"): recipe.guidance,
        words("LoRA strength"): recipe.lora_strength,
    }
    # As text, so that 0 is shown as well.
    return {name: None if each is None else f"{each:g}" for name, each in numbers.items()}


def _extras(recipe: AnyRecipe, words: Words) -> str:
    """What was asked of the image service beside painting."""
    if not isinstance(recipe, Recipe):
        return ""
    extras = [
        *([words("prompt rewritten")] if recipe.enhance else []),
        *([words("web search")] if recipe.web_search else []),
        *([words("style reference")] if recipe.references else []),
    ]
    return ", ".join(extras)


def _audience(job: Job, words: Words) -> str:
    if job.request.private:
        return words("the member alone")
    return words("everybody here, shared from a private result") if job.shared else ""


def _safe_mode(recipe: AnyRecipe, words: Words) -> str:
    """Of what has no safe mode of its own, whether it was made of a picture known to be safe."""
    if isinstance(recipe, UpscaleRecipe | CutOutRecipe):
        return words("made of a safe picture") if recipe.known_safe else words("not checked")
    return words("on") if recipe.safe_mode else words("off")


def _safety(signals: SafetySignals, words: Words) -> str:
    if signals.content_violation:
        return words("against the image service's content rules")
    if signals.blurred:
        return words("blurred by safe mode")
    if signals.blurred is None and signals.content_violation is None:
        return words("no safety signals")
    return words("nothing found by the safety check")


def _ancestor(each: Ancestor, words: Words) -> str:
    text = _origin(each, words)
    return f"[{text}]({message_link(each.guild_id, each.shown)})" if each.shown else text


def _origin(each: Ancestor, words: Words) -> str:
    if each.tool is None:
        return words(_SIGHTS[each.sight], seed=each.seed)
    made = made_by(each.tool, words)
    if each.sight is Sight.OWN_PRIVATE:
        return words("{picture}, private to you", picture=made)
    return made
