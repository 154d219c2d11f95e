"""What is asked of the queue of jobs as a whole: a part of `JobRepository`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import AccountKey, ChannelId, JobId, ModelId, UserId
from bot.domain.jobs.admission import QueueLength
from bot.domain.jobs.progress import QueuePlace, Workload


class JobQueue(Protocol):
    """How much waits, and what is ahead of whom."""

    async def waits(self, *, now: datetime, in_hand: Collection[JobId] = ()) -> bool:
        """Whether any job waits for a worker, be its member's turn or not."""

    async def images_ahead(self, job_id: JobId, *, now: datetime) -> QueuePlace | None:
        """What is in front of a job that waits, if nothing else comes; None if it does not wait."""

    async def recent_durations_ms(self, model: ModelId, *, limit: int) -> Sequence[int]:
        """How long the model's last images took, newest first."""

    async def open_images_of(self, account: AccountKey) -> int:
        """How many images of a member's open jobs are not done yet."""

    async def count_open(self) -> int:
        """How many jobs are queued, running or being delivered."""

    async def workload(self) -> Workload:
        """The open jobs by state, and since when the oldest waits."""

    async def last_asked_at(
        self, user_id: UserId, channel_id: ChannelId, *, since: datetime, before: datetime
    ) -> datetime | None:
        """When a member asked for pictures in a channel last, between two moments."""

    async def await_admission(self) -> None:
        """Let nothing else be taken in until this transaction ends, so that limits hold."""

    async def queue_length(self, user_id: UserId) -> QueueLength:
        """How many jobs are open, and how many of a member's; who else asks waits meanwhile."""
