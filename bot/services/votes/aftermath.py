"""What follows where votes change many at a time: starboards, buttons and the order of styles."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import GuildId, ImageId
from bot.domain.voting.vote import Vote
from bot.services.starboard.marks import note_votes
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook
from bot.services.votes.board import VoteBoard

MOST_MESSAGES = 100
"""The counts of older results come up to date with their next vote, as after a restart."""


class VoteAftermath:
    """Has shown what votes come to once they were held, counted, dropped or withdrawn."""

    def __init__(self, *, storage: Storage, board: VoteBoard, styles: StyleBook) -> None:
        self._storage = storage
        self._board = board
        self._styles = styles

    async def note(
        self, tx: Transaction, guild_id: GuildId, votes: Sequence[Vote], *, now: datetime
    ) -> None:
        """Have the starboard look, in the transaction that changes the votes."""
        for image_id in sorted(_images(votes)):
            await note_votes(tx, guild_id, image_id, now=now)

    async def show(self, votes: Sequence[Vote]) -> None:
        """Bring buttons and the order of styles up to date, after that transaction."""
        if not votes:
            return
        await self._styles.load()
        async with self._storage.read() as tx:
            jobs = [await tx.jobs.by_image(image_id) for image_id in _images(votes)]
        for job in jobs:
            if job is not None:
                self._board.put(job)


def _images(votes: Sequence[Vote]) -> list[ImageId]:
    """Those of the newest votes."""
    newest = sorted(votes, key=lambda vote: vote.cast_at, reverse=True)
    return list(dict.fromkeys(vote.image_id for vote in newest))[:MOST_MESSAGES]
