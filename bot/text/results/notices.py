"""The words for what a member could not be told when it happened."""

from collections.abc import Sequence

from bot.domain.jobs.notice import Notice
from bot.text.words import Words

MOST_LINES = 20
"""So many fit into a message in every language; the others are summed up."""


def notice_lines(notices: Sequence[Notice], words: Words) -> str:
    """One line a notice: what could not be shown, when, and that it was not charged."""
    lines = [_line(notice, words) for notice in notices[:MOST_LINES]]
    if others := notices[MOST_LINES:]:
        lines.append(_sum(others, words))
    return "\n".join(lines)


def _sum(notices: Sequence[Notice], words: Words) -> str:
    return words.plural(
        "{count} more image could not be shown. It was not charged to you.",
        "{count} more images could not be shown. They were not charged to you.",
        sum(notice.refunded_images for notice in notices),
    )


def _line(notice: Notice, words: Words) -> str:
    when = f"<t:{int(notice.created_at.timestamp())}:R>"
    return words.plural(
        "{count} image that you asked for {when} could not be shown. It was not charged to you.",
        "{count} images that you asked for {when} could not be shown. "
        "They were not charged to you.",
        notice.refunded_images,
        when=when,
    )
