"""The message that shows a job's result."""

from collections import Counter
from collections.abc import Iterable

import discord

from bot.domain.failure import ImageFailure
from bot.domain.job import ImageState, Job
from bot.domain.sizing import notes_on, parse_wish
from bot.services.ports import JobResult, ShownImage
from bot.text.failures import explain_charge, explain_failure
from bot.text.notes import explain_note
from bot.text.result import (
    alt_text,
    cancelled_count,
    caption,
    failed_count,
    safety_label,
    shared_by,
)
from bot.text.words import Words
from bot.ui.panel import panel, quoted, small
from bot.ui.result_buttons import result_rows
from bot.ui.style import BRICK, CANAL, ICON_FAILED, ICON_NOTE, ICON_PROMPT, LANTERN

PROMPT_LENGTH = 300
"""Longer prompts are shortened in the message; the whole one stays in the record."""


def result_panel(result: JobResult, words: Words) -> discord.ui.LayoutView:
    """Prompt, pictures, caption, what there is to say about them, and what to do with them."""
    prompt = f"{ICON_PROMPT} **{quoted(result.job.request.prompt, PROMPT_LENGTH)}**"
    if not result.shown:
        colour = BRICK if result.failed else LANTERN
        said = (*_failures(result, words), *_cancelled(result, words))
        return panel(prompt, *said, *result_rows(result.job, words), colour=colour)
    seeds = tuple(item.image.seed for item in result.shown)
    line = caption(result.job, seeds, result.cost_usd_micros, result.took_s, words)
    return panel(
        prompt,
        gallery(result.job, result.shown),
        small([line, *_notes(result, words)]),
        *_failures(result, words),
        *_cancelled(result, words),
        *result_rows(result.job, words),
        colour=CANAL,
    )


def file_name(item: ShownImage) -> str:
    """The name under which Discord shows and saves a picture."""
    assert item.image.picture is not None  # noqa: S101 - shown images have one
    kind = item.image.picture.content_type.removeprefix("image/")
    return f"gondola-{item.image.seed}.{kind}"


def gallery(
    job: Job, shown: Iterable[ShownImage]
) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    """Pictures that are attached to the message, each with its prompt as alt text."""
    description = alt_text(job.request.prompt)
    return discord.ui.MediaGallery(
        *(
            discord.MediaGalleryItem(f"attachment://{file_name(item)}", description=description)
            for item in shown
        )
    )


def _notes(result: JobResult, words: Words) -> list[str]:
    request = result.job.request
    wish = parse_wish(aspect=request.aspect, size=request.size)
    sizing = [explain_note(note, words) for note in notes_on(wish, result.job.recipe.size)]
    shared = [shared_by(result.job, words)] if result.job.shared else []
    labels = {safety_label(item.image.signals, words) for item in result.shown} - {None}
    return [f"{ICON_NOTE} {line}" for line in (*shared, *sizing, *sorted(filter(None, labels)))]


def _failures(result: JobResult, words: Words) -> tuple[str, ...]:
    if not result.failed:
        return ()
    total = len(result.job.images)
    lines = [f"{ICON_FAILED} {failed_count(len(result.failed), total, words)}"] if total > 1 else []
    sentences = Counter(explain_failure(failure, result.job.id, words) for failure in result.failed)
    lines += [sentence if total > 1 else f"{ICON_FAILED} {sentence}" for sentence in sentences]
    lines.append(explain_charge(_unique(result.failed), words))
    return ("\n".join(lines),)


def _cancelled(result: JobResult, words: Words) -> tuple[str, ...]:
    cancelled = sum(image.state is ImageState.CANCELLED for image in result.job.images)
    return (f"{ICON_NOTE} {cancelled_count(cancelled, words)}",) if cancelled else ()


def _unique(failures: tuple[ImageFailure, ...]) -> tuple[ImageFailure, ...]:
    return tuple(dict.fromkeys(failures))
