"""What jobs need: the queue as a whole (a part of `JobRepository`), cooldowns, notices, workers."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.ids import AccountKey, ChannelId, JobId, ModelId, UserId
from bot.domain.jobs.admission import QueueLength
from bot.domain.jobs.cooldown import Conduct
from bot.domain.jobs.job import Job
from bot.domain.jobs.notice import Notice
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

    async def queue_length(self, user_id: UserId, *, now: datetime) -> QueueLength:
        """How many jobs are open, how many of them are a member's, and how many wait."""


class CooldownRepository(Protocol):
    """What members' cooldowns rest on."""

    async def of_member(self, user_id: UserId) -> Conduct:
        """The conduct of a member, of whom nothing may be known."""

    async def note_request(self, user_id: UserId, *, now: datetime) -> None:
        """Write down when a member has asked, and nothing else."""

    async def hold(self, user_id: UserId, *, now: datetime) -> Conduct:
        """The same, for a change: no other transaction can make one until this one ends."""

    async def save(self, user_id: UserId, conduct: Conduct, *, now: datetime) -> None:
        """Write the conduct of a member that was held."""

    async def forget_before(self, moment: datetime) -> int:
        """Delete what has not changed since, and say of how many members."""


class NoticeRepository(Protocol):
    """Notices that wait for a member's next command."""

    async def add(self, notice: Notice) -> None:
        """Keep a notice, once a job."""

    async def anything_waits(self, user_id: UserId) -> bool:
        """Whether a notice, news of their conduct or a decision waits to be told to a member."""

    async def take(self, user_id: UserId) -> Sequence[Notice]:
        """The member's notices, oldest first; they are told once."""


class FreeWorker(Protocol):
    """A worker with nothing to do, kept for a job that is being accepted."""

    def may_begin(self, length: QueueLength) -> bool:
        """Whether it would be a new job's turn beside what is in the queue."""

    def claimed(self, job: Job, *, now: datetime) -> Job:
        """The job as it is written when this worker has it from the start."""

    def begin(self, job: Job) -> None:
        """Run a job that was written so; this does not wait for it."""


class Workers(Protocol):
    """Those who run jobs."""

    def one_kept_free(self) -> AbstractAsyncContextManager[FreeWorker | None]:
        """Keep a worker free for a job of one's own; None where none is, or the bot stops.

        It is let go again if it was given nothing.
        """
