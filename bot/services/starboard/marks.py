"""Noting, in the transaction that changes a picture, that the starboard has to look at it.

Of several pictures, in the order of their ids, so that no two transactions wait for each other.
"""

from collections.abc import Collection
from datetime import datetime

from bot.domain.ids import GuildId, ImageId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.starboard import PostState, edit_due_at
from bot.services.storage_ports import Transaction


async def note_votes(
    tx: Transaction, guild_id: GuildId | None, image_id: ImageId, *, now: datetime
) -> None:
    """Have a picture looked at whose votes changed, if that may change what the starboard shows.

    What is there already is looked at no sooner than its count may be edited.
    """
    if guild_id is None:
        return
    board, post = await tx.starboard.board_of(guild_id), await tx.starboard.find(image_id)
    if post is None:
        if board is None or not (await tx.starboard.stars_of(image_id)).reach(board.threshold):
            return
        due_at = now
    elif post.state is PostState.DISMISSED:
        return
    else:
        due_at = edit_due_at(post, now)
    await tx.schedule.put(ScheduledWork(WorkKind.STARBOARD, image_id, due_at))


async def note_changes(tx: Transaction, image_ids: Collection[ImageId], *, now: datetime) -> None:
    """Have pictures looked at at once that may not be shown any more, where they are shown."""
    if not image_ids:
        return
    for image_id in sorted(await tx.starboard.among(image_ids)):
        await tx.schedule.put(ScheduledWork(WorkKind.STARBOARD, image_id, now))
