"""Keeping the counts on messages up to date, without an edit for every vote.

What is shown is read from the database at each edit. What waits here is lost with the process;
the next vote on the same message brings its counts up to date again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Never, TypeAlias

from bot.domain.ids import GuildId, ImageId
from bot.domain.jobs.job import Job, MessageAddress
from bot.domain.voting.vote import NO_VOTES, SubjectKind
from bot.services.ports import Clock
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage
from bot.services.votes.ports import VoteMessenger

LOOK_EVERY_S = 1.0
EDIT_EVERY_S = 5.0
"""Discord allows five edits in five seconds in a channel; others want to edit there too."""

MOST_EDITS_A_LOOK = 5


Show: TypeAlias = Callable[[], Awaitable[None]]
"""Reads the counts of a message and shows them there."""


class VoteBoard:
    """Remembers which messages were voted on since their counts were shown."""

    def __init__(self, *, storage: Storage, messenger: VoteMessenger, clock: Clock) -> None:
        self._storage = storage
        self._messenger = messenger
        self._clock = clock
        self._waiting: dict[str, Show] = {}
        self._edited_s: dict[str, float] = {}
        self._showing = asyncio.Lock()

    def put(self, job: Job) -> None:
        """Say that a result was voted on; nothing to show where it has no message yet."""
        if job.shown is None or job.origin.guild_id is None:
            return
        image_ids = tuple(image.id for image in job.pictures)
        self.put_count(job.id, partial(self._show, job.origin.guild_id, job.shown, image_ids))

    def put_count(self, key: str, show: Show) -> None:
        """Say that a message was voted on, which has a `key` of its own, and how to show it."""
        # The pictures may be others than those that wait to be counted.
        self._waiting[key] = show

    async def run(self) -> Never:
        """Look once a second, until cancelled; one failure does not end it."""
        await repeat(self.look, every_s=LOOK_EVERY_S, clock=self._clock, failure="votes_not_shown")

    async def look(self) -> None:
        """Show the counts of what was voted on, at most once in 5 seconds each."""
        async with self._showing:
            now_s = self._clock.monotonic()
            self._edited_s = {
                key: at_s for key, at_s in self._edited_s.items() if now_s - at_s < EDIT_EVERY_S
            }
            due = [key for key in self._waiting if key not in self._edited_s]
            await self._show_these(due[:MOST_EDITS_A_LOOK], now_s)

    async def show_all(self) -> None:
        """Show the counts of all that was voted on at once, however recently they were shown.

        Returns when they stand there, those that a look was showing already included.
        """
        async with self._showing:
            await self._show_these(list(self._waiting), self._clock.monotonic())

    async def _show_these(self, keys: list[str], now_s: float) -> None:
        async with asyncio.TaskGroup() as group:
            for key in keys:
                # Taken off before its counts are read: a vote from now on puts it back.
                show = self._waiting.pop(key)
                self._edited_s[key] = now_s
                group.create_task(_shown(show))

    async def _show(
        self, guild_id: GuildId, address: MessageAddress, image_ids: tuple[ImageId, ...]
    ) -> None:
        async with self._storage.read() as tx:
            tallies = await tx.votes.tallies_of(guild_id, SubjectKind.IMAGE, image_ids)
        counts = {image_id: tallies.get(image_id, NO_VOTES) for image_id in image_ids}
        await self._messenger.show_counts(address, counts)


async def _shown(show: Show) -> None:
    await show()
