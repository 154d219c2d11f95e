"""A job: one accepted request, its images, and where its answer goes.

    job    queued → running → delivering → done | failed | refused | cancelled
                                        ↘ held
    image  queued → sent → stored → delivered
                  ↘ failed | refused | lost | cancelled

An image is `sent` from the moment before its request leaves until its bytes are in the store.
An image found `sent` after a crash is `lost`: it may have been billed and is never sent again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.failure import ImageFailure
from bot.domain.ids import AccountKey, ChannelId, GuildId, ImageId, JobId, MessageId, UserId
from bot.domain.money import UsdMicros
from bot.domain.policy import NO_SIGNALS, SafetySignals
from bot.domain.request import ImageRequest, Recipe


class JobState(StrEnum):
    """Where a job is on its walk."""

    QUEUED = "queued"
    RUNNING = "running"
    DELIVERING = "delivering"
    HELD = "held"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


TERMINAL_JOB_STATES = frozenset(
    {JobState.DONE, JobState.FAILED, JobState.REFUSED, JobState.CANCELLED}
)
OPEN_JOB_STATES = frozenset({JobState.QUEUED, JobState.RUNNING, JobState.DELIVERING})
"""States in which a worker has something to do."""


class LeaseLostError(Exception):
    """Another worker has claimed the job since; its former owner must stop."""


class ImageState(StrEnum):
    """Where one image is on its walk."""

    QUEUED = "queued"
    SENT = "sent"
    STORED = "stored"
    DELIVERED = "delivered"
    FAILED = "failed"
    REFUSED = "refused"
    LOST = "lost"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAddress:
    """Where the answer goes: the message that the acknowledgement made, while its token lives."""

    application_id: int
    token: str
    message_id: MessageId
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAddress:
    """Where a message is: for linking to it, and for deleting it."""

    channel_id: ChannelId
    message_id: MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked, where, and in which language. `account` is the member's key in the ledger."""

    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    account: AccountKey
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPicture:
    """A picture in the image store, by the SHA-256 of its bytes."""

    sha256: str
    content_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobImage:
    """One image of a job. `reserved_usd_micros` is None where the price is unknown.

    `parent` is the image that a member pressed a button under to get this one.
    """

    id: ImageId
    position: int
    seed: int
    parent: ImageId | None = None
    state: ImageState = ImageState.QUEUED
    reserved_usd_micros: UsdMicros | None = None
    sent_at: datetime | None = None
    picture: StoredPicture | None = None
    signals: SafetySignals = NO_SIGNALS
    failure: ImageFailure | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One accepted request. `fence` grows with every claim, so that a late owner is found out.

    `shown` is where its result is. A `shared` job paints nothing: it shows a picture of an
    earlier, private job to everybody. A deleted one has neither words nor pictures any more.
    """

    id: JobId
    request: ImageRequest
    recipe: Recipe
    origin: Origin
    images: tuple[JobImage, ...]
    created_at: datetime
    state: JobState = JobState.QUEUED
    reply: ReplyAddress | None = None
    shown: MessageAddress | None = None
    shared: bool = False
    deleted_at: datetime | None = None
    owner: str | None = None
    lease_until: datetime | None = None
    fence: int = 0

    def with_image(self, image: JobImage) -> "Job":
        """The same job with one image replaced."""
        images = tuple(image if old.id == image.id else old for old in self.images)
        return replace(self, images=images)

    @property
    def pictures(self) -> tuple[JobImage, ...]:
        """The images that members see, in their order."""
        visible = {ImageState.STORED, ImageState.DELIVERED}
        return tuple(
            image for image in self.images if image.picture is not None and image.state in visible
        )

    def wiped(self, at: datetime) -> "Job":
        """The same job after its deletion: no words of the member's, no pictures."""
        return replace(
            self,
            request=replace(self.request, prompt="", negative=None),
            recipe=replace(self.recipe, prompt="", negative=None),
            images=tuple(_wiped_image(image) for image in self.images),
            deleted_at=at,
        )


def _wiped_image(image: JobImage) -> JobImage:
    """The API's own message about a failure may quote the prompt."""
    failure = replace(image.failure, detail=None) if image.failure is not None else None
    return replace(image, picture=None, failure=failure)


def outcome(images: tuple[JobImage, ...]) -> JobState:
    """How a job ended whose images have all come to their end: done if one picture was shown."""
    states = {image.state for image in images}
    if ImageState.DELIVERED in states:
        return JobState.DONE
    if ImageState.REFUSED in states:
        return JobState.REFUSED
    if states == {ImageState.CANCELLED}:
        return JobState.CANCELLED
    return JobState.FAILED
