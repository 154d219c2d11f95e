"""The buttons by which members vote on pictures, with the votes that there are.

One picture has a button for and a button against. Of several, each has a button for; the one
against asks which picture is meant, so that all of them find room in a row.
"""

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job
from bot.domain.voting.vote import NO_VOTES, Tally
from bot.ui.parts.actions import VERSION, ActionButton, ButtonLook
from bot.ui.parts.style import ICON_DOWNVOTE, ICON_UPVOTE

PICK_DOWNVOTE = f"pick_{Action.DOWNVOTE}"


def has_votes(job: Job) -> bool:
    """Whether members vote on a result: it shows pictures to a server."""
    is_public = not job.request.private and job.origin.guild_id is not None
    return bool(job.pictures) and is_public


def vote_row(job: Job) -> discord.ui.ActionRow[Any]:
    """The row under a new result, on which nobody has voted."""
    images = [image.id for image in job.pictures]
    labels = vote_labels(dict.fromkeys(images, NO_VOTES))
    buttons = [
        ActionButton(Action.UPVOTE, image_id, _look(labels[_id(Action.UPVOTE, image_id)]))
        for image_id in images
    ]
    against = ButtonLook("0", ICON_DOWNVOTE)
    if len(images) == 1:
        last = ActionButton(Action.DOWNVOTE, images[0], against)
    else:
        last = ActionButton(PICK_DOWNVOTE, job.id, against)
    return discord.ui.ActionRow(*buttons, last)


def vote_labels(counts: Mapping[ImageId, Tally]) -> dict[str, str]:
    """What the buttons say, by their custom ids, given the votes on each picture in order."""
    is_one = len(counts) == 1
    labels: dict[str, str] = {}
    for number, (image_id, tally) in enumerate(counts.items(), start=1):
        numbered = f"{tally.ups}" if is_one else f"#{number} · {tally.ups}"
        labels[_id(Action.UPVOTE, image_id)] = numbered
        labels[_id(Action.DOWNVOTE, image_id)] = f"{tally.downs}"
    return labels


def relabel(view: discord.ui.LayoutView, counts: Mapping[ImageId, Tally]) -> bool:
    """Write the votes onto the buttons of a message; False if they are there already."""
    labels, against = vote_labels(counts), sum(tally.downs for tally in counts.values())
    changed = False
    for item in view.walk_children():
        if not isinstance(item, discord.ui.Button) or item.custom_id is None:
            continue
        label = labels.get(item.custom_id)
        if item.custom_id.startswith(f"{VERSION}:{PICK_DOWNVOTE}:"):
            label = f"{against}"
        if label is not None and label != item.label:
            item.label = label
            changed = True
    return changed


def _id(kind: str, target: str) -> str:
    return f"{VERSION}:{kind}:{target}"


def _look(label: str) -> ButtonLook:
    return ButtonLook(label, ICON_UPVOTE)
