"""Folding one style of a server into another, for good.

The style that is folded keeps its row, its votes and its battles under its own key; it only says
which style they count for. A style that others were folded into may be folded in turn: then all of
them say the last one, so that nothing ever has to follow a chain.
"""

import re
from dataclasses import dataclass

from bot.domain.styles.errors import (
    MergeIntoItself,
    MergeIntoRetired,
    MergeIntoUnpaintable,
    MergesFull,
    StyleMerged,
)
from bot.domain.styles.server_style import ServerStyle

MAX_MERGED_STYLES = 400
"""Of one server: their names stay taken, and every process holds them in memory."""

_TARGET = re.compile(r"(?P<folded>[A-Za-z0-9-]{1,30})_(?P<into>[A-Za-z0-9-]{1,30})")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeScope:
    """What a merge concerns.

    Attributes:
        votes: how many there are for the style, and count for the other from then on.
        battles: in how many closed ones it was.
        meetings: in how many of those the two met; they say nothing of either any more.
        open_meetings: the open ones between the two, which are called off.
        presets: of members of this server, by its name.
        references: pictures that guide it, which go.
    """

    votes: int
    battles: int
    meetings: int
    open_meetings: int
    presets: int
    references: int


@dataclass(frozen=True, slots=True)
class Merge:
    """The two styles of a merge."""

    folded: ServerStyle
    into: ServerStyle


def check_merge(merge: Merge, *, into_is_paintable: bool, merged_so_far: int) -> None:
    """Say whether one style may be folded into the other.

    Whoever paints in a style that is offered must be able to paint in the one it becomes.

    Raises:
        MergeIntoItself: if both are the same.
        StyleMerged: if one of them was folded into another before.
        MergeIntoRetired: if an offered style would become one that is not.
        MergeIntoUnpaintable: if an offered style would become one whose model is gone.
        MergesFull: if as many were folded in the server as may be.
    """
    folded, into = merge.folded, merge.into
    if folded.id == into.id:
        raise MergeIntoItself(into.name)
    for style in (folded, into):
        if style.merged_into is not None:
            raise StyleMerged(style.name)
    if merged_so_far >= MAX_MERGED_STYLES:
        raise MergesFull(MAX_MERGED_STYLES)
    if folded.retired_at is not None:
        return
    if into.retired_at is not None:
        raise MergeIntoRetired(folded.name, into.name)
    if not into_is_paintable:
        raise MergeIntoUnpaintable(folded.name, into.name)


def merge_target(merge: Merge) -> str:
    """What the button holds that goes ahead with a merge."""
    return f"{merge.folded.id}_{merge.into.id}"


def read_merge_target(text: str) -> tuple[str, str] | None:
    """The ids of the style to be folded and of the other; None if a button holds neither."""
    found = _TARGET.fullmatch(text)
    return (found["folded"], found["into"]) if found is not None else None
