"""The buttons under a result, and the question which of its pictures one is meant for.

A button's kind is the name of its action. Where several pictures are shown, an action on one of
them first asks which (`pick_…`, with the job as its target); the buttons of the answer are those
that a result of one picture has (with the image as their target). Kinds whose answer is as open
as the result say so (`…_private`), so that it can be acknowledged before anything is read.
"""

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.job import Job
from bot.domain.permissions import Action
from bot.text.actions import (
    confirm_deletion,
    deletion_button,
    label_of,
    which_picture,
)
from bot.text.words import Words
from bot.ui.actions import ActionButton, ButtonLook
from bot.ui.panel import panel
from bot.ui.style import (
    CANAL,
    ICON_DELETE,
    ICON_DETAILS,
    ICON_FAVOURITE,
    ICON_REMIX,
    ICON_REPORT,
    ICON_REROLL,
    ICON_SHARE,
    ICON_VARY,
    LANTERN,
)

# discord.py types a dynamic item as an item of a View, and takes it in a LayoutView all the same.
Row = discord.ui.ActionRow[Any]

ICONS: dict[Action, str] = {
    Action.REROLL: ICON_REROLL,
    Action.REMIX: ICON_REMIX,
    Action.VARY: ICON_VARY,
    Action.FAVOURITE: ICON_FAVOURITE,
    Action.SHARE: ICON_SHARE,
    Action.DETAILS: ICON_DETAILS,
    Action.DELETE: ICON_DELETE,
    Action.REPORT: ICON_REPORT,
}

ON_ONE_PICTURE = (Action.VARY, Action.FAVOURITE, Action.SHARE, Action.REPORT)
"""Actions that need one picture."""

DELETE_CONFIRMED = "delete_confirmed"

_AS_OPEN_AS_THE_RESULT = frozenset({Action.REROLL, Action.VARY})


def kind_of(action: Action, *, private: bool) -> str:
    """The kind of an action's button under a public or a private result."""
    return f"{action}_private" if private and action in _AS_OPEN_AS_THE_RESULT else action.value


def picking_kind(action: Action) -> str:
    """The kind of the button that asks which picture is meant."""
    return f"pick_{action}"


def result_rows(job: Job, words: Words) -> tuple[Row, ...]:
    """The rows of buttons under a result: what makes something new, then what concerns this."""
    if not job.pictures:
        again = (Action.REROLL, Action.REMIX, Action.DETAILS, Action.DELETE)
        return (_row(_button(action, job, words) for action in again),)
    new = [Action.REROLL, Action.REMIX, Action.VARY, Action.FAVOURITE]
    this = [Action.DETAILS, Action.DELETE]
    if not job.request.private:
        this.insert(1, Action.REPORT)
    elif job.origin.guild_id is not None:
        new.append(Action.SHARE)
    return tuple(_row(_button(action, job, words) for action in row) for row in (new, this))


def picker(action: Action, job: Job, words: Words) -> discord.ui.LayoutView:
    """The question which picture is meant, with a button for each, numbered as they are shown."""
    kind = kind_of(action, private=job.request.private)
    buttons = (
        ActionButton(kind, image.id, ButtonLook(label=f"{number}", emoji=ICONS[action]))
        for number, image in enumerate(job.pictures, start=1)
    )
    return panel(which_picture(action, words), _row(buttons), colour=CANAL)


def deletion_question(job: Job, words: Words) -> discord.ui.LayoutView:
    """The question before a deletion; whoever does not mean it dismisses the message."""
    look = ButtonLook(deletion_button(words), ICON_DELETE, discord.ButtonStyle.danger)
    row = _row([ActionButton(DELETE_CONFIRMED, job.id, look)])
    return panel(confirm_deletion(words), row, colour=LANTERN)


def _button(action: Action, job: Job, words: Words) -> ActionButton:
    look = ButtonLook(label=label_of(action, words), emoji=ICONS[action])
    if action not in ON_ONE_PICTURE:
        return ActionButton(kind_of(action, private=job.request.private), job.id, look)
    if len(job.pictures) > 1:
        return ActionButton(picking_kind(action), job.id, look)
    kind = kind_of(action, private=job.request.private)
    return ActionButton(kind, job.pictures[0].id, look)


def _row(buttons: Iterable[ActionButton]) -> Row:
    return discord.ui.ActionRow(*buttons)
