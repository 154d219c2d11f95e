"""The message while a job is not done: where it stands, what is there, and a way to cancel."""

import discord

from bot.services.ports import ProgressReport
from bot.text.progress import progress_line
from bot.text.words import Words
from bot.ui.actions import ActionButton, ButtonLook
from bot.ui.panel import panel, quoted, small
from bot.ui.result_panel import PROMPT_LENGTH, gallery
from bot.ui.style import ICON_CANCEL, ICON_PROMPT, LANTERN

CANCEL = "cancel"


def progress_panel(report: ProgressReport, words: Words) -> discord.ui.LayoutView:
    """Prompt, the pictures that are there, where the rest stands, and a button to cancel."""
    job = report.progress.job
    pictures = [gallery(job, report.shown)] if report.shown else []
    view = panel(
        f"{ICON_PROMPT} **{quoted(job.request.prompt, PROMPT_LENGTH)}**",
        *pictures,
        small([progress_line(report.progress, words)]),
        colour=LANTERN,
    )
    look = ButtonLook(label=words("Cancel"), emoji=ICON_CANCEL)
    view.add_item(discord.ui.ActionRow(ActionButton(CANCEL, job.id, look)))
    return view
