"""The button by which a picture is entered into a contest, and the question which picture."""

from typing import Any

import discord

from bot.domain.jobs.job import Job
from bot.services.ports import JobResult
from bot.text.contests import contests as text
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import CANAL, ICON_CONTEST

CONTEST_ENTER = "contest_enter"
CONTEST_PICK = "contest_pick"


def submit_rows(result: JobResult, words: Words) -> tuple[discord.ui.ActionRow[Any], ...]:
    """A row of its own: those of a result are full, and a message has room for more of them."""
    if result.contest is None or not result.shown:
        return ()
    look = ButtonLook(text.submit_label(words), ICON_CONTEST)
    if len(result.shown) == 1:
        button = ActionButton(CONTEST_ENTER, result.shown[0].image.id, look)
    else:
        button = ActionButton(CONTEST_PICK, result.job.id, look)
    return (discord.ui.ActionRow(button),)


def entry_picker(job: Job, words: Words) -> discord.ui.LayoutView:
    """The question which picture is meant, with a button for each, numbered as they are shown."""
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(
        *(
            ActionButton(CONTEST_ENTER, image.id, ButtonLook(f"{number}", ICON_CONTEST))
            for number, image in enumerate(job.pictures, start=1)
        )
    )
    return panel(text.which_to_submit(words), row, colour=CANAL)
