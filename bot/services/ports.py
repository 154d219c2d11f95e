"""What the services need from outside, and nothing more.

The storage ports are used inside a transaction (`Storage.write` or `Storage.read`), which a
service opens and closes and never holds across a call that leaves the process.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain.failure import ImageFailure
from bot.domain.ids import (
    AccountKey,
    ChannelId,
    GuildId,
    ImageId,
    JobId,
    ModelId,
    UserId,
)
from bot.domain.image_model import ImageModel
from bot.domain.job import Job, JobImage, JobState, MessageAddress, StoredPicture
from bot.domain.ledger import Charge, Closing, Reservation, Usage, Window
from bot.domain.money import UsdMicros
from bot.domain.notice import Notice
from bot.domain.painting import Painting, PictureBody
from bot.domain.policy import PolicySnapshot
from bot.domain.progress import Progress, QueuePlace
from bot.domain.report import Report
from bot.domain.request import Recipe


class Clock(Protocol):
    """Time, so that no rule and no test depends on the wall clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Painter(Protocol):
    """An image backend."""

    async def paint(
        self, recipe: Recipe, *, seed: int, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Paint one image.

        `before_send` is awaited once, before the first byte of the first try leaves.

        Raises:
            PaintingError: with the reason and whether it may have been billed.
        """


class ModelCatalogue(Protocol):
    """The backend's models and styles, answered from memory."""

    def models(self) -> tuple[ImageModel, ...]:
        """The text-to-image models that can be used now."""

    def find(self, name: str) -> ImageModel | None:
        """A text-to-image model by id, trait or legacy name, offline ones included."""

    def default(self) -> ImageModel | None:
        """The backend's default model, or None while there is no catalogue."""

    def styles(self) -> tuple[str, ...]:
        """The style presets, in the backend's exact spelling."""

    def note_missing_model(self) -> None:
        """Say that the backend did not know a model of the catalogue."""


class Policies(Protocol):
    """The rules of each place, answered from memory."""

    def of_place(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicySnapshot:
        """The rules that hold in a channel now."""


class PictureStore(Protocol):
    """Pictures on disk, by the hash of their bytes."""

    async def keep(self, body: PictureBody) -> StoredPicture:
        """Write a picture, unless it is there, and say under what name."""

    def path_of(self, picture: StoredPicture) -> Path:
        """Where a kept picture lies."""

    async def has(self, picture: StoredPicture) -> bool:
        """Whether a picture is still kept."""

    async def remove(self, picture: StoredPicture) -> None:
        """Let go of a picture that no record names any more."""

    async def tidy(self, *, needed: frozenset[str]) -> int:
        """Remove what is over the store's limits, save the `needed` hashes; how many went."""


@dataclass(frozen=True, slots=True)
class ShownImage:
    """A picture that is shown, and where its bytes lie."""

    image: JobImage
    path: Path


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a finished job has to show: pictures, and what did not become one.

    `cost_usd_micros` is what the shown pictures cost, None if it is not known.
    """

    job: Job
    shown: tuple[ShownImage, ...]
    failed: tuple[ImageFailure, ...]
    cost_usd_micros: UsdMicros | None
    took_s: float


class UndeliverableError(Exception):
    """The answer cannot reach its member: no token, no channel, no permission."""


class DeliveryDelayedError(Exception):
    """The answer did not get through now; the same may well do so in a minute."""


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """What a member is shown while a job is not done: where it stands, and what is there."""

    progress: Progress
    shown: tuple[ShownImage, ...]


class Messenger(Protocol):
    """The way back to the member."""

    async def show_progress(self, report: ProgressReport) -> None:
        """Show where a job stands; a failure to do so is logged and goes no further."""

    async def tell_ready(self, job: Job) -> None:
        """Call the member to a result that took long; editing a message does not."""

    async def show_result(self, result: JobResult) -> MessageAddress:
        """Show a job's result and say where.

        Calling it again shows the same message, not a second one.

        Raises:
            UndeliverableError: if there is no way left to show it.
            DeliveryDelayedError: if it did not get through now.
        """


class OperatorAlerts(Protocol):
    """The way to the operator."""

    async def painting_failed(self, job: Job, failure: ImageFailure) -> None:
        """A failure that only the operator can mend."""


class OperatorMessenger(Protocol):
    """The way to the operator on Discord."""

    async def tell_operator(self, text: str) -> None:
        """Send a message, as far as there is anybody to send it to; never raises for that."""


class JobRepository(Protocol):
    """Jobs and their images. Writes that name a `fence` raise `LeaseLostError` if it is stale."""

    async def add(self, job: Job, *, idempotency_key: str) -> bool:
        """Write a new job with its images; False, and nothing written, if the key was used."""

    async def get(self, job_id: JobId) -> Job | None:
        """A job with its images."""

    async def by_image(self, image_id: ImageId) -> Job | None:
        """The job that an image belongs to."""

    async def by_idempotency_key(self, key: str) -> Job | None:
        """The job that was accepted under this key."""

    async def claim_next(self, *, owner: str, now: datetime, lease_until: datetime) -> Job | None:
        """Take the oldest job that is queued or whose lease is over; its fence grows."""

    async def renew(self, job_id: JobId, *, fence: int, lease_until: datetime) -> None:
        """Keep a claimed job for longer."""

    async def expire_leases(self, *, now: datetime) -> int:
        """Let go of every claimed job: said at the start by the only process there is."""

    async def set_state(self, job_id: JobId, state: JobState, *, fence: int, now: datetime) -> None:
        """Move a job on; a terminal one wipes the token and lets go of the lease."""

    async def save_image(self, job_id: JobId, image: JobImage, *, fence: int) -> None:
        """Write an image's state and what is known of it."""

    async def request_cancel(self, job_id: JobId, *, now: datetime) -> bool:
        """Ask that nothing more of a job be sent; False if it has ended or was asked before."""

    async def is_cancelled(self, job_id: JobId) -> bool:
        """Whether it was asked that nothing more of a job be sent."""

    async def claim(
        self, job_id: JobId, *, owner: str, now: datetime, lease_until: datetime
    ) -> Job | None:
        """Take one job that nobody holds; None if a worker has it, or it has ended."""

    async def images_ahead(self, job_id: JobId) -> QueuePlace | None:
        """What is in front of a job that waits; None if it does not wait."""

    async def recent_durations_ms(self, model: ModelId, *, limit: int) -> Sequence[int]:
        """How long the model's last images took, newest first."""

    async def set_shown(self, job_id: JobId, shown: MessageAddress, *, fence: int) -> None:
        """Write down where a job's result is shown."""

    async def save_wiped(self, job: Job) -> None:
        """Write a job that was wiped of its member's words and of its pictures."""

    async def pictures_in_use(self, sha256s: frozenset[str]) -> frozenset[str]:
        """Those of the hashes that some image still names."""

    async def pictures_of_open_jobs(self) -> frozenset[str]:
        """The hashes of the pictures that jobs not yet ended still need."""

    async def count_open(self) -> int:
        """How many jobs are queued, running or being delivered."""


class Ledger(Protocol):
    """Who has used what. Entries are only ever added; balances follow in the same transaction."""

    async def usage(self, account: AccountKey, window: Window) -> Usage:
        """What an account has used and reserved in a window."""

    async def reserve(
        self,
        charges: Sequence[Charge],
        reservations: Sequence[Reservation],
        *,
        job_id: JobId,
        window: Window,
        now: datetime,
    ) -> None:
        """Reserve each image on every account, or raise and change nothing.

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


class MemberRepository(Protocol):
    """Which pseudonymous account a member has in a server, or in direct messages."""

    async def account_of(self, user_id: UserId, guild_id: GuildId | None) -> AccountKey:
        """The member's account, opened if there is none."""


class NoticeRepository(Protocol):
    """Notices that wait for a member's next command."""

    async def add(self, notice: Notice) -> None:
        """Keep a notice, once a job."""

    async def take(self, user_id: UserId) -> Sequence[Notice]:
        """The member's notices, oldest first; they are told once."""


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


class MarkerRepository(Protocol):
    """Small facts the bot keeps about itself, such as which command tree was last synced."""

    async def get(self, name: str) -> str | None:
        """A marker's value."""

    async def set(self, name: str, value: str) -> None:
        """Write a marker."""


class Transaction(Protocol):
    """The repositories of one transaction."""

    @property
    def jobs(self) -> JobRepository:
        """Jobs and images."""

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


class Storage(Protocol):
    """Where transactions come from."""

    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that may write; committed at the end, rolled back if it raises."""

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that only reads."""
