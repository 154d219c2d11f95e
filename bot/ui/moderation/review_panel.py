"""The messages by which moderators review held pictures."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.moderation.review import ReviewCase, ReviewState
from bot.services.moderation.review_ports import HeldPicture, ReviewTrouble
from bot.services.ports import ShownImage
from bot.text.moderation import reviews as text
from bot.text.results.result import alt_text
from bot.text.tools.tools import description_of
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, quoted, remark, small
from bot.ui.parts.style import (
    BRICK,
    CANAL,
    ICON_APPROVE,
    ICON_FAILED,
    ICON_HELD,
    ICON_NOTE,
    ICON_REJECT,
    ICON_STRIKE,
    LANTERN,
)
from bot.ui.results.picture_files import file_name

APPROVE = "review_approve"
REJECT = "review_reject"
STRIKE = "review_strike"
QUEUE_BACK = "review_back"
QUEUE_NEXT = "review_next"

_PROMPT_LENGTH = 1_000
_Part = str | discord.ui.Item[discord.ui.LayoutView]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A picture of the queue, as the nth of so many; the others are found by its id."""

    held: HeldPicture
    number: int
    total: int


def review_panel(
    held: HeldPicture, picture: ShownImage | None, words: Words
) -> discord.ui.LayoutView:
    """Whose picture, the picture behind a spoiler, what is known of it, and the decisions."""
    return panel(*_parts(held, picture, words), colour=LANTERN)


def queue_panel(page: QueuePage, picture: ShownImage | None, words: Words) -> discord.ui.LayoutView:
    """The same as a page of the queue."""
    image_id = page.held.case.image_id
    row = pager(
        words,
        back=(QUEUE_BACK, image_id if page.number > 1 else None),
        onwards=(QUEUE_NEXT, image_id if page.number < page.total else None),
    )
    place = small([text.queue_place(page.number, page.total, words)])
    return panel(*_parts(page.held, picture, words), place, row, colour=LANTERN)


def queue_empty_panel(words: Words) -> discord.ui.LayoutView:
    """That nothing waits."""
    return remark(ICON_APPROVE, text.queue_empty(words), colour=CANAL)


def decided_panel(case: ReviewCase, words: Words) -> discord.ui.LayoutView:
    """What was decided, in place of the picture and the buttons."""
    is_approved = case.state is ReviewState.APPROVED
    icon = ICON_APPROVE if is_approved else ICON_REJECT
    lines = [f"{icon} {text.decided_heading(case, words)}", text.decided_line(case, words)]
    return panel("\n".join(lines), colour=CANAL if is_approved else BRICK)


def decided_in_queue_panel(case: ReviewCase, words: Words) -> discord.ui.LayoutView:
    """The same with the way to what waits for longest now."""
    row = pager(words, back=(QUEUE_BACK, None), onwards=(QUEUE_NEXT, case.image_id))
    view = decided_panel(case, words)
    view.add_item(row)
    return view


def trouble_panel(trouble: ReviewTrouble, words: Words) -> discord.ui.LayoutView:
    """Why moderators could not be asked."""
    return remark(ICON_FAILED, text.trouble(trouble.channel_id, words), colour=LANTERN)


def _parts(held: HeldPicture, picture: ShownImage | None, words: Words) -> list[_Part]:
    """The members' own words call nobody: what looks like a mention in them is taken apart."""
    case, job = held.case, held.job
    asked = description_of(job.request, words)
    prompt = discord.utils.escape_mentions(quoted(asked, _PROMPT_LENGTH))
    image = next(each for each in job.images if each.id == case.image_id)
    return [
        f"{ICON_HELD} **{text.asked_heading(case, words)}**\n>>> {prompt}",
        _gallery(picture, asked)
        if picture is not None
        else f"{ICON_NOTE} {text.picture_not_kept(words)}",
        small(text.facts(case, job, image.signals, words)),
        _decisions(case, words),
    ]


def _gallery(
    picture: ShownImage, description: str
) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    """Behind a spoiler: moderators decide for themselves when to look."""
    return discord.ui.MediaGallery(
        discord.MediaGalleryItem(
            f"attachment://{file_name(picture)}", description=alt_text(description), spoiler=True
        )
    )


def _decisions(case: ReviewCase, words: Words) -> discord.ui.ActionRow[Any]:
    looks = {
        APPROVE: ButtonLook(text.approve_button(words), ICON_APPROVE, discord.ButtonStyle.success),
        REJECT: ButtonLook(text.reject_button(words), ICON_REJECT),
        STRIKE: ButtonLook(text.strike_button(words), ICON_STRIKE, discord.ButtonStyle.danger),
    }
    return discord.ui.ActionRow(
        *(ActionButton(kind, case.image_id, look) for kind, look in looks.items())
    )
