"""What the services need from outside, and nothing more; of storage, see `storage_ports`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain.asking.request import Recipe
from bot.domain.contests.contest import ContestId
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.gate.rule import Rule
from bot.domain.ids import (
    ChannelId,
    GuildId,
)
from bot.domain.jobs.failure import ImageFailure
from bot.domain.jobs.job import Job, JobImage, MessageAddress
from bot.domain.jobs.painting import Painting, PictureBody
from bot.domain.jobs.progress import Progress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.jobs.uploads import SmallerCopy
from bot.domain.models.image_model import ImageModel
from bot.domain.money import UsdMicros


class Clock(Protocol):
    """Time, so that no rule and no test depends on the wall clock.

    What is only in memory is measured by `monotonic`: nobody can set that clock.
    """

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds from some moment on, never backwards."""

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

    async def until_known(self) -> None:
        """Wait until every place is known; before that, the strictest rules are answered."""

    def of_place(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicySnapshot:
        """The rules that hold in a channel now."""


class PictureStore(Protocol):
    """Pictures on disk, by the hash of their bytes."""

    async def keep(self, body: PictureBody) -> StoredPicture:
        """Write a picture, unless it is there, and say under what name."""

    def path_of(self, picture: StoredPicture) -> Path:
        """Where a kept picture lies."""

    async def has(self, picture: StoredPicture) -> bool:
        """Whether a picture is still kept, and has its size."""

    async def remove(self, picture: StoredPicture) -> None:
        """Let go of a picture that no record names any more."""

    async def tidy(self, *, needed: frozenset[str]) -> int:
        """Remove what is over the store's limits, save the `needed` hashes; how many went."""

    async def hashes(self, *, older_than_s: float) -> frozenset[str]:
        """Of all pictures that were written longer ago than that."""

    async def remove_all(self, sha256s: frozenset[str]) -> None:
        """Let go of pictures that no record names, by their hashes."""


@dataclass(frozen=True, slots=True)
class ShownImage:
    """A picture that is shown, and where its bytes lie.

    `copy` is what is shown in its place where the picture itself is too large for Discord;
    `covered` is whether it lies behind a spoiler.
    """

    image: JobImage
    path: Path
    copy: SmallerCopy | None = None
    covered: bool = False


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a finished job has to show: pictures, and what did not become one.

    `held` are the rules by which pictures wait for a moderator, one for each of them.
    `cost_usd_micros` is what the shown pictures cost, None if it is not known; `took_s` is None
    where a result is shown anew. `contest` is the contest that the pictures can be entered into.
    """

    job: Job
    shown: tuple[ShownImage, ...]
    failed: tuple[ImageFailure, ...]
    cost_usd_micros: UsdMicros | None
    took_s: float | None
    held: tuple[Rule, ...] = ()
    contest: ContestId | None = None


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

    async def show_progress(self, report: ProgressReport) -> MessageAddress | None:
        """Show where a job stands, and say where, if that is a new message of the job's own.

        A failure to do so is logged and goes no further.
        """

    async def tell_ready(self, job: Job) -> None:
        """Call the member to a result that took long; editing a message does not."""

    async def show_result(self, result: JobResult) -> MessageAddress:
        """Show a job's result and say where.

        Calling it again shows the same message, not a second one.

        Raises:
            UndeliverableError: if there is no way left to show it.
            DeliveryDelayedError: if it did not get through now.
        """

    async def show_released(self, result: JobResult) -> MessageAddress:
        """Show a result of which moderators have released something, and say where.

        While its answer can be edited, it is shown there; later in a message of its own.

        Raises:
            UndeliverableError, DeliveryDelayedError: as `show_result`.
        """

    async def amend_result(self, result: JobResult) -> None:
        """Bring a result that is shown up to date; a failure is logged and goes no further."""

    async def take_down(self, address: MessageAddress) -> None:
        """Remove a message of a result; a failure is logged and goes no further."""


class OperatorAlerts(Protocol):
    """The way to the operator."""

    async def painting_failed(self, job: Job, failure: ImageFailure) -> None:
        """A failure that only the operator can mend."""


class OperatorMessenger(Protocol):
    """The way to the operator on Discord."""

    async def tell_operator(self, text: str) -> None:
        """Send a message, as far as there is anybody to send it to; never raises for that."""
