"""The message while a job is not done: where it stands, what is there, and a way to cancel."""

import discord

from bot.services.ports import ProgressReport
from bot.text.results.progress import progress_line
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import ICON_CANCEL, LANTERN
from bot.ui.results.panel import gallery, heading

CANCEL = "cancel"


def progress_panel(report: ProgressReport, words: Words) -> discord.ui.LayoutView:
    """Prompt, the pictures that are there, where the rest stands, and a button to cancel."""
    job = report.progress.job
    pictures = [gallery(job, report.shown, words)] if report.shown else []
    view = panel(
        heading(job.request, words),
        *pictures,
        small([progress_line(report.progress, words)]),
        colour=LANTERN,
    )
    look = ButtonLook(label=words("Cancel"), emoji=ICON_CANCEL)
    view.add_item(discord.ui.ActionRow(ActionButton(CANCEL, job.id, look)))
    return view
