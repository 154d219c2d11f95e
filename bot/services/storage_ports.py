"""What the services need of storage.

The repositories are used inside a transaction (`Storage.write` or `Storage.read`), which a
service opens and closes and never holds across a call that leaves the process.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.asking.pending import PendingRequest
from bot.domain.ids import (
    AccountKey,
    ChannelId,
    GuildId,
    ImageId,
    JobId,
    UserId,
)
from bot.domain.jobs.job import Job, JobImage, JobState, MessageAddress
from bot.domain.moderation.report import Report
from bot.domain.money import UsdMicros
from bot.domain.quotas.grants import Grant
from bot.domain.quotas.ledger import Amount, Charge, Closing, LimitUse, Reservation, Usage
from bot.domain.quotas.windows import Window
from bot.services.jobs.ports import CooldownRepository, JobQueue, NoticeRepository
from bot.services.library.ports import (
    LibraryRepository,
    PageStateRepository,
    PreferenceRepository,
)
from bot.services.moderation.ports import ModerationRepositories
from bot.services.quotas.ports import QuotaRepository, WaitingChangeRepository
from bot.services.schedule.ports import ScheduleRepositories
from bot.services.statistics.ports import StatisticsRepository
from bot.services.votes.ports import CommunityRepositories

_Result = TypeVar("_Result")


class JobRepository(JobQueue, Protocol):
    """Jobs and their images. Writes that name a `fence` raise `LeaseLostError` if it is stale."""

    async def add(self, job: Job, *, idempotency_key: str) -> bool:
        """Write a new job with its images; False, and nothing written, if the key was used."""

    async def get(self, job_id: JobId) -> Job | None:
        """A job with its images."""

    async def by_image(self, image_id: ImageId) -> Job | None:
        """The job that an image belongs to."""

    async def by_idempotency_key(self, key: str) -> Job | None:
        """The job that was accepted under this key."""

    async def claim_next(
        self,
        *,
        owner: str,
        now: datetime,
        lease_until: datetime,
        most_running: int,
        in_hand: Collection[JobId] = (),
    ) -> Job | None:
        """Take the next job by `bot.domain.jobs.turns`, none that is `in_hand`; its fence grows.

        One that was queued is running from then on.
        """

    async def renew(self, job_id: JobId, *, fence: int, lease_until: datetime) -> None:
        """Keep a claimed job for longer."""

    async def expire_leases(self, *, now: datetime) -> int:
        """Let go of every claimed job: said at the start by the only process there is."""

    async def set_state(
        self,
        job_id: JobId,
        state: JobState,
        *,
        fence: int,
        now: datetime,
        shown: MessageAddress | None = None,
    ) -> None:
        """Move a job on; a terminal one wipes the token and lets go of the lease.

        Where its result is `shown` is written with it, unless that is None.
        """

    async def save_image(self, job_id: JobId, image: JobImage, *, fence: int) -> None:
        """Write an image's state and what is known of it."""

    async def save_images(self, job_id: JobId, saved: Collection[JobImage], *, fence: int) -> None:
        """Do the same of several, or of none; the job is held until the transaction is over."""

    async def save_last_image(self, job_id: JobId, image: JobImage, *, fence: int) -> None:
        """Do the same of the last that ends; the job goes on to its delivery."""

    async def send_image(self, job_id: JobId, image: JobImage, *, fence: int) -> bool:
        """Do the same before it is sent; False, and nothing written, if the job was cancelled."""

    async def request_cancel(self, job_id: JobId, *, now: datetime) -> bool:
        """Ask that nothing more of a job be sent; False if it has ended or was asked before."""

    async def claim(
        self, job_id: JobId, *, owner: str, now: datetime, lease_until: datetime
    ) -> Job | None:
        """Take one job that nobody holds; None if a worker has it, or it has ended."""

    async def set_shown(self, job_id: JobId, shown: MessageAddress, *, fence: int) -> None:
        """Write down where a job's result is shown."""

    async def hold(self, job_ids: Collection[JobId]) -> None:
        """Keep others from changing jobs, their images, and votes that count for these."""

    async def save_wiped(self, job: Job) -> None:
        """Write a job that is held, wiped of its member's words and of its pictures."""

    async def pictures_in_use(self, sha256s: frozenset[str]) -> frozenset[str]:
        """Those of the hashes that some image names, or that an open job is made of."""

    async def pictures_recorded(self, sha256s: frozenset[str]) -> frozenset[str]:
        """Those of the hashes that any record names, inputs of jobs and of questions included."""

    async def pictures_of_open_jobs(self) -> frozenset[str]:
        """The hashes of the pictures that jobs not yet ended still need, inputs included."""


class Ledger(Protocol):
    """Who has used what. Entries are only ever added; balances follow in the same transaction."""

    async def usage(self, account: AccountKey, window: Window) -> Usage:
        """What an account has used and reserved in the window that the present moment is in."""

    async def usages(self, account: AccountKey, starts: Sequence[datetime]) -> Sequence[Usage]:
        """What an account has used and reserved since each of the moments."""

    async def reserve(
        self,
        charges: Sequence[Charge],
        reservations: Sequence[Reservation],
        *,
        job_id: JobId,
        now: datetime,
    ) -> Sequence[LimitUse]:
        """Reserve each image on every charge, or raise and change nothing.

        Returned is what the limits of each account had been used and are now.

        Raises:
            QuotaExceeded: if a limit on images does not have room for all of them.
            BudgetReached: if a limit on money does not.
        """

    async def close(
        self,
        image_id: ImageId,
        closing: Closing,
        *,
        cost_usd_micros: UsdMicros | None,
        now: datetime,
    ) -> bool:
        """Settle or release an image on every account that bore it; False if done before."""

    async def note_grant(self, grant: Grant) -> None:
        """Write down that a grant was given."""

    async def correct(
        self, account: AccountKey, amount: Amount, *, reason: str, now: datetime
    ) -> None:
        """Add an amount, which may be negative, to what an account has used by now."""

    async def wrong_balances(self) -> Sequence[tuple[AccountKey, datetime]]:
        """The accounts and buckets whose balance is not the sum of its entries: none, ever."""


class MemberRepository(Protocol):
    """Which pseudonymous account a member has in a server, or in direct messages."""

    async def account_of(self, user_id: UserId, guild_id: GuildId | None) -> AccountKey:
        """The member's account, opened if there is none."""


class FavouriteRepository(Protocol):
    """Which pictures members have marked for themselves."""

    async def add(self, user_id: UserId, image_id: ImageId, *, now: datetime) -> None:
        """Mark a picture, once."""

    async def remove(self, user_id: UserId, image_id: ImageId) -> bool:
        """Take a mark back; False if there was none."""

    async def remove_everybodys(self, image_ids: Sequence[ImageId]) -> None:
        """Take back every mark on pictures that are no more."""


class ReportRepository(Protocol):
    """What members have reported."""

    async def add(self, report: Report) -> bool:
        """Keep a report; False, and nothing written, if the member has reported the picture."""

    async def has(self, user_id: UserId, image_id: ImageId) -> bool:
        """Whether a member has reported a picture."""

    async def channel_of(self, guild_id: GuildId) -> ChannelId | None:
        """Where a server's moderators are told of reports; None if nowhere."""

    async def set_channel(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """Write down where a server's moderators are told of reports."""

    async def clear_channel(self, guild_id: GuildId) -> None:
        """Write down that they are told nowhere."""


class MarkerRepository(Protocol):
    """Small facts the bot keeps about itself, such as which command tree was last synced."""

    async def get(self, name: str) -> str | None:
        """A marker's value."""

    async def change(self, name: str, value: str) -> bool:
        """Write a marker; False if it has that value already, whoever wrote it."""

    async def set(self, name: str, value: str) -> None:
        """Write a marker."""


class PendingRequestRepository(Protocol):
    """Requests that wait for their member's word."""

    async def add(self, pending: PendingRequest) -> None:
        """Keep requests until they are confirmed or expire."""

    async def get(self, pending_id: str, *, now: datetime) -> PendingRequest | None:
        """Requests that have not expired."""

    async def take(self, pending_id: str) -> bool:
        """Let go of requests, once; False if they were taken before."""

    async def remove_expired(self, *, now: datetime) -> int:
        """Forget the requests that have expired, and say how many there were."""


class Transaction(ModerationRepositories, CommunityRepositories, ScheduleRepositories, Protocol):
    """The repositories of one transaction."""

    @property
    def jobs(self) -> JobRepository:
        """Jobs and images."""

    @property
    def cooldowns(self) -> CooldownRepository:
        """Members' cooldowns."""

    @property
    def ledger(self) -> Ledger:
        """Who has used what."""

    @property
    def members(self) -> MemberRepository:
        """Members' accounts."""

    @property
    def notices(self) -> NoticeRepository:
        """What waits to be told."""

    @property
    def favourites(self) -> FavouriteRepository:
        """Members' favourites."""

    @property
    def reports(self) -> ReportRepository:
        """Members' reports."""

    @property
    def markers(self) -> MarkerRepository:
        """Facts about the bot itself."""

    @property
    def library(self) -> LibraryRepository:
        """Pictures, found again."""

    @property
    def page_states(self) -> PageStateRepository:
        """The pages that members have opened."""

    @property
    def preferences(self) -> PreferenceRepository:
        """Presets and defaults."""

    @property
    def pending(self) -> PendingRequestRepository:
        """Requests that wait for a word."""

    @property
    def statistics(self) -> StatisticsRepository:
        """What was painted and paid."""

    @property
    def quotas(self) -> QuotaRepository:
        """What servers have set about quotas."""

    @property
    def waiting_changes(self) -> WaitingChangeRepository:
        """Changes of quotas that wait for a word."""


class Storage(Protocol):
    """Where transactions come from."""

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that may write; committed at the end, rolled back if it raises."""

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that only reads."""

    async def write_at_once(self, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """A transaction that may write, of `work` that awaits nothing but its repositories.

        It may run in a thread of the database's, so it changes nothing that others change too.
        """

    async def read_at_once(self, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """The same of a transaction that only reads."""
