"""The message that shows a job's result."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.asking.any_recipe import AnyRequest, prompt_of
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.gate.permissions import Action
from bot.domain.jobs.failure import ImageFailure, rule_behind
from bot.domain.jobs.job import ImageState, Job
from bot.domain.sizing import SizingNote, notes_on, parse_wish
from bot.services.ports import JobResult, ShownImage
from bot.text.asking.notes import explain_note
from bot.text.results.failures import explain_charge, explain_failure
from bot.text.results.result import (
    alt_text,
    asked_by,
    cancelled_count,
    caption,
    failed_count,
    held_count,
    hidden_count,
    removed_count,
    rewritten,
    safety_label,
    shared_by,
    smaller_copies,
)
from bot.text.tools.tools import description_of, work_of
from bot.text.words import Words
from bot.ui.contests.buttons import submit_rows
from bot.ui.gate.why_button import why_row
from bot.ui.parts.panel import panel, quoted, small
from bot.ui.parts.style import (
    BRICK,
    CANAL,
    ICON_FAILED,
    ICON_HELD,
    ICON_NOTE,
    ICON_PROMPT,
    ICON_REPORT,
    ICON_TOOL,
    LANTERN,
)
from bot.ui.results.buttons import result_rows
from bot.ui.results.picture_files import file_name

PROMPT_LENGTH = 300
"""Longer prompts are shortened in the message; the whole one stays in the record."""


def result_panel(result: JobResult, words: Words) -> discord.ui.LayoutView:
    """Prompt, pictures, caption, what there is to say about them, and what to do with them."""
    prompt = heading(result.job.request, words)
    if not result.shown:
        colour = BRICK if result.failed else LANTERN
        said = (
            *_held(result, words),
            *_failures(result, words),
            *_cancelled(result, words),
            *_withheld(result, words),
        )
        rows = (*_why(result, words), *result_rows(result.job, words))
        return panel(prompt, *said, *rows, colour=colour)
    seeds = tuple(item.image.seed for item in result.shown)
    line = caption(result.job, seeds, result.cost_usd_micros, result.took_s, words)
    return panel(
        prompt,
        gallery(result.job, result.shown, words),
        small([line, *_notes(result, words)]),
        *_held(result, words),
        *_failures(result, words),
        *_cancelled(result, words),
        *_withheld(result, words),
        *_why(result, words),
        *result_rows(result.job, words, also=_also(result)),
        *submit_rows(result, words),
        colour=CANAL,
    )


def heading(request: AnyRequest, words: Words) -> str:
    """What was asked for, in one line."""
    work, prompt = work_of(request, words), quoted(prompt_of(request), PROMPT_LENGTH)
    if work is None:
        return f"{ICON_PROMPT} **{prompt}**"
    return f"{ICON_TOOL} {work}: **{prompt}**" if prompt else f"{ICON_TOOL} **{work}**"


def _also(result: JobResult) -> tuple[Action, ...]:
    return (Action.ORIGINAL,) if _shrunk(result) else ()


def _shrunk(result: JobResult) -> list[int]:
    """The sizes of the pictures in whose place smaller copies are shown."""
    return [
        item.image.picture.size_bytes
        for item in result.shown
        if item.copy is not None and item.image.picture is not None
    ]


def gallery(
    job: Job, shown: Iterable[ShownImage], words: Words
) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    """Pictures that are attached to the message, each with what it shows as alt text."""
    description = alt_text(description_of(job.request, words))
    return discord.ui.MediaGallery(
        *(
            discord.MediaGalleryItem(
                f"attachment://{file_name(item)}", description=description, spoiler=item.covered
            )
            for item in shown
        )
    )


def _notes(result: JobResult, words: Words) -> list[str]:
    sizing = [explain_note(note, words) for note in _sizing_notes(result.job)]
    shrunk = [smaller_copies(sizes, words)] if (sizes := _shrunk(result)) else []
    shared = [shared_by(result.job, words)] if result.job.shared else []
    asked = [asked_by(result.job, words)] if _stands_alone(result.job) else []
    prompts = dict.fromkeys(item.image.enhanced_prompt for item in result.shown)
    enhanced = [rewritten(prompt, words) for prompt in prompts if prompt]
    labels = {safety_label(item.image.signals, words) for item in result.shown} - {None}
    lines = (*shared, *asked, *shrunk, *sizing, *enhanced, *sorted(filter(None, labels)))
    return [f"{ICON_NOTE} {line}" for line in lines]


def _stands_alone(job: Job) -> bool:
    """Whether the message is no answer to anything: its job is one of several of one wish."""
    return job.reply is None and not job.shared and not job.request.private


def _sizing_notes(job: Job) -> tuple[SizingNote, ...]:
    request, recipe = job.request, job.recipe
    if not isinstance(request, ImageRequest) or not isinstance(recipe, Recipe):
        return ()
    return tuple(notes_on(parse_wish(aspect=request.aspect, size=request.size), recipe.size))


def _held(result: JobResult, words: Words) -> tuple[str, ...]:
    """How many pictures wait for a moderator, one line a rule."""
    lines = [
        f"{ICON_HELD} {held_count(count, rule, words)}"
        for rule, count in Counter(result.held).items()
    ]
    return ("\n".join(lines),) if lines else ()


def _failures(result: JobResult, words: Words) -> tuple[str, ...]:
    if not result.failed:
        return ()
    total = len(result.job.images)
    lines = [f"{ICON_FAILED} {failed_count(len(result.failed), total, words)}"] if total > 1 else []
    sentences = Counter(explain_failure(failure, result.job.id, words) for failure in result.failed)
    lines += [sentence if total > 1 else f"{ICON_FAILED} {sentence}" for sentence in sentences]
    lines.append(explain_charge(_unique(result.failed), words))
    return ("\n".join(lines),)


def _why(result: JobResult, words: Words) -> list[discord.ui.ActionRow[Any]]:
    """Where rules kept pictures back, the button that tells which."""
    rules = [rule for failure in result.failed if (rule := rule_behind(failure)) is not None]
    return [why_row(rules, words)] if rules else []


def _cancelled(result: JobResult, words: Words) -> tuple[str, ...]:
    cancelled = sum(image.state is ImageState.CANCELLED for image in result.job.images)
    return (f"{ICON_NOTE} {cancelled_count(cancelled, words)}",) if cancelled else ()


def _withheld(result: JobResult, words: Words) -> tuple[str, ...]:
    """What reports and moderators have taken from the message."""
    states = Counter(image.state for image in result.job.images)
    lines = [
        f"{ICON_REPORT} {said(states[state], words)}"
        for state, said in (
            (ImageState.HIDDEN, hidden_count),
            (ImageState.REMOVED, removed_count),
        )
        if states[state]
    ]
    return ("\n".join(lines),) if lines else ()


def _unique(failures: tuple[ImageFailure, ...]) -> tuple[ImageFailure, ...]:
    return tuple(dict.fromkeys(failures))
