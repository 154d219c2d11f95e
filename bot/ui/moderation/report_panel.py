"""The message by which moderators are told of a report."""

import discord

from bot.domain.moderation.report import REASON_LIMIT
from bot.services.moderation.report_desk import ReportMessage
from bot.services.ports import ShownImage
from bot.text.moderation import reports as text
from bot.text.results.result import alt_text
from bot.text.tools.tools import description_of
from bot.text.words import Words
from bot.ui.moderation.case_buttons import POST, verdict_row
from bot.ui.parts.panel import panel, quoted, small
from bot.ui.parts.style import BRICK, ICON_NOTE, ICON_REPORT
from bot.ui.results.picture_files import file_name

_PROMPT_LENGTH = 300


def report_panel(
    message: ReportMessage, picture: ShownImage | None, words: Words
) -> discord.ui.LayoutView:
    """Who reported what and why, the picture behind a spoiler, the way to it, and what to do.

    The members' own words call nobody: what looks like a mention in them is taken apart.
    """
    report, job = message.filed.report, message.filed.job
    reason = discord.utils.escape_mentions(quoted(report.reason, REASON_LIMIT))
    asked = description_of(job.request, words)
    prompt = discord.utils.escape_mentions(quoted(asked, _PROMPT_LENGTH))
    parts: list[str | discord.ui.Item[discord.ui.LayoutView]] = [
        f"{ICON_REPORT} **{text.heading(report, job, words)}**\n>>> {reason}",
        _gallery(picture, asked)
        if picture is not None
        else f"{ICON_NOTE} {text.picture_not_kept(words)}",
        small([prompt, *text.whereabouts(message.guild_id, report, job, words)]),
    ]
    hidden = message.filed.hidden
    if hidden:
        parts.append(f"{ICON_NOTE} {text.hidden_by_reports(words)}")
    parts.append(verdict_row(report.image_id, POST, words, hidden=hidden))
    return panel(*parts, colour=BRICK)


def _gallery(
    picture: ShownImage, description: str
) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    """Behind a spoiler: moderators decide for themselves when to look."""
    return discord.ui.MediaGallery(
        discord.MediaGalleryItem(
            f"attachment://{file_name(picture)}", description=alt_text(description), spoiler=True
        )
    )
