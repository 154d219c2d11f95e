"""The buttons under a result, and the question which of its pictures one is meant for.

A button's kind is the name of its action. Where several pictures are shown, an action on one of
them first asks which (`pick_…`, with the job as its target); the buttons of the answer are those
that a result of one picture has (with the image as their target). Kinds whose answer is as open
as the result say so (`…_private`), so that it can be acknowledged before anything is read.
"""

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.asking.redo import tools_for, ways_again
from bot.domain.gate.permissions import Action
from bot.domain.jobs.job import Job
from bot.text.results.actions import (
    confirm_deletion,
    deletion_button,
    label_of,
    which_picture,
)
from bot.text.words import Words
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel
from bot.ui.parts.style import (
    CANAL,
    ICON_CUT_OUT,
    ICON_DELETE,
    ICON_DETAILS,
    ICON_DOWNVOTE,
    ICON_EDIT,
    ICON_FAVOURITE,
    ICON_ORIGINAL,
    ICON_REMIX,
    ICON_REPORT,
    ICON_REROLL,
    ICON_SHARE,
    ICON_UPSCALE,
    ICON_UPVOTE,
    ICON_VARY,
    ICON_VARY_SUBTLY,
    LANTERN,
)
from bot.ui.votes.vote_buttons import has_votes, vote_row

# discord.py types a dynamic item as an item of a View, and takes it in a LayoutView all the same.
Row = discord.ui.ActionRow[Any]

ICONS: dict[Action, str] = {
    Action.REROLL: ICON_REROLL,
    Action.REMIX: ICON_REMIX,
    Action.VARY: ICON_VARY,
    Action.VARY_SUBTLY: ICON_VARY_SUBTLY,
    Action.EDIT: ICON_EDIT,
    Action.UPSCALE: ICON_UPSCALE,
    Action.CUT_OUT: ICON_CUT_OUT,
    Action.FAVOURITE: ICON_FAVOURITE,
    Action.SHARE: ICON_SHARE,
    Action.DETAILS: ICON_DETAILS,
    Action.ORIGINAL: ICON_ORIGINAL,
    Action.DELETE: ICON_DELETE,
    Action.REPORT: ICON_REPORT,
    Action.UPVOTE: ICON_UPVOTE,
    Action.DOWNVOTE: ICON_DOWNVOTE,
}

ON_ONE_PICTURE = (
    Action.VARY,
    Action.VARY_SUBTLY,
    Action.EDIT,
    Action.UPSCALE,
    Action.CUT_OUT,
    Action.FAVOURITE,
    Action.SHARE,
    Action.REPORT,
    Action.ORIGINAL,
    Action.DOWNVOTE,
)
"""Actions that need one picture."""

DELETE_CONFIRMED = "delete_confirmed"

_AS_OPEN_AS_THE_RESULT = frozenset(
    {Action.REROLL, Action.VARY, Action.VARY_SUBTLY, Action.UPSCALE, Action.CUT_OUT}
)

_AGAIN = (Action.REROLL, Action.REMIX, Action.VARY, Action.VARY_SUBTLY)
_MOST_IN_A_ROW = 5


def kind_of(action: Action, *, private: bool) -> str:
    """The kind of an action's button under a public or a private result."""
    return f"{action}_private" if private and action in _AS_OPEN_AS_THE_RESULT else action.value


def picking_kind(action: Action) -> str:
    """The kind of the button that asks which picture is meant."""
    return f"pick_{action}"


def result_rows(job: Job, words: Words, *, also: tuple[Action, ...] = ()) -> tuple[Row, ...]:
    """The rows of buttons under a result: what makes something new, what concerns this, votes.

    `also` are actions that not every result has; they come last in the last row.
    """
    *first, last = _rows_of(job)
    rows = tuple(_row_of(actions, job, words) for actions in (*first, (*last, *also)))
    return (*rows, vote_row(job)) if has_votes(job) else rows


def pressed(action: Action, job: Job) -> tuple[str, str]:
    """Kind and target of the button that begins an action under a job's result."""
    if action not in ON_ONE_PICTURE:
        return kind_of(action, private=job.request.private), job.id
    if len(job.pictures) > 1:
        return picking_kind(action), job.id
    return kind_of(action, private=job.request.private), job.pictures[0].id


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


def _rows_of(job: Job) -> tuple[tuple[Action, ...], ...]:
    """Asking again, the tools for its pictures, and what concerns the result itself."""
    ways = ways_again(job.recipe)
    again = tuple(action for action in _AGAIN if action in ways)
    if not job.pictures:
        whole = (action for action in again if action not in ON_ONE_PICTURE)
        return ((*whole, Action.DETAILS, Action.DELETE),)
    tools = tools_for(job.recipe)
    if len(again) + len(tools) <= _MOST_IN_A_ROW:
        return ((*again, *tools), _concerning(job))
    return (again, tools, _concerning(job))


def _concerning(job: Job) -> tuple[Action, ...]:
    """What can be done with a result itself, by who can see it."""
    if not job.request.private:
        return (Action.FAVOURITE, Action.DETAILS, Action.REPORT, Action.DELETE)
    if job.origin.guild_id is not None:
        return (Action.FAVOURITE, Action.SHARE, Action.DETAILS, Action.DELETE)
    return (Action.FAVOURITE, Action.DETAILS, Action.DELETE)


def _row_of(actions: Iterable[Action], job: Job, words: Words) -> Row:
    looks = ((action, ButtonLook(label_of(action, words), ICONS[action])) for action in actions)
    return _row(ActionButton(*pressed(action, job), look) for action, look in looks)


def _row(buttons: Iterable[ActionButton]) -> Row:
    return discord.ui.ActionRow(*buttons)
