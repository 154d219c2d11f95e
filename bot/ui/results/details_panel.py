"""The message of a result's details."""

import io
from dataclasses import dataclass

import discord

from bot.domain.asking.any_recipe import negative_of, prompt_of
from bot.domain.jobs.job import Job
from bot.services.results.details import ResultDetails
from bot.text.results.details import headings, image_line, lineage_lines, setting_lines
from bot.text.words import Words
from bot.ui.parts.panel import MAX_TEXT, panel
from bot.ui.parts.style import CANAL, ICON_DETAILS

FILE_NAME = "prompt.txt"

_MARGIN = 200
"""Characters kept free for headings and for what Discord may count otherwise."""

_LINEAGE_LENGTH = 1_200
_PICTURE_LENGTH = 350
"""Four of these, the settings and the lineage leave room for the beginning of a prompt."""


@dataclass(frozen=True, slots=True)
class DetailsMessage:
    """A message, and what it attaches: a prompt too long to be shown whole."""

    view: discord.ui.LayoutView
    files: tuple[discord.File, ...]


def details_message(details: ResultDetails, words: Words) -> DetailsMessage:
    """The whole prompt, all settings, each picture, and where it came from."""
    job, names = details.job, headings(words)
    facts = [
        "\n".join(setting_lines(job, words)),
        _titled(names["pictures"], _picture_lines(job, words)),
    ]
    if details.lineage:
        lines = _fitting(lineage_lines(details.lineage, words), _LINEAGE_LENGTH)
        facts.append(_titled(names["lineage"], lines))
    room = MAX_TEXT - _MARGIN - sum(map(len, facts))
    written = _written(job, names)
    if len(written) <= room:
        return DetailsMessage(panel(written, *facts, colour=CANAL), ())
    attached: discord.ui.File[discord.ui.LayoutView] = discord.ui.File(f"attachment://{FILE_NAME}")
    view = panel(f"{written[: room - 1]}…", attached, *facts, colour=CANAL)
    return DetailsMessage(view, (_as_file(job),))


def _picture_lines(job: Job, words: Words) -> list[str]:
    """One line a picture; what the image service says of a failure may be long."""
    lines = (image_line(job, image, words) for image in job.images)
    return [
        line if len(line) <= _PICTURE_LENGTH else f"{line[: _PICTURE_LENGTH - 1]}…"
        for line in lines
    ]


def _written(job: Job, names: dict[str, str]) -> str:
    """What the member wrote, in full, with its markup shown as typed."""
    prompt, negative = prompt_of(job.recipe), negative_of(job.recipe)
    if not prompt:
        return f"{ICON_DETAILS} **{names['no_prompt']}**"
    parts = [f"{ICON_DETAILS} **{names['prompt']}**", _plain(prompt)]
    if negative:
        parts += [f"**{names['negative']}**", _plain(negative)]
    return "\n".join(parts)


def _plain(text: str) -> str:
    return discord.utils.escape_markdown(text)


def _titled(title: str, lines: list[str]) -> str:
    return "\n".join([f"**{title}**", *lines])


def _fitting(lines: list[str], limit: int) -> list[str]:
    """As many lines as there is room for, from the first on."""
    kept: list[str] = []
    for line in lines:
        limit -= len(line) + 1
        if limit < 0:
            break
        kept.append(line)
    return kept


def _as_file(job: Job) -> discord.File:
    text = "\n\n".join(filter(None, (prompt_of(job.recipe), negative_of(job.recipe))))
    return discord.File(io.BytesIO(text.encode()), filename=FILE_NAME)
