"""A job: one accepted request, its images, and where its answer goes.

    job    queued → running → delivering → done | failed | refused | cancelled
                                        ↕
                                       held
    image  queued → sent → stored → delivered ⇄ hidden
                  ↘ failed | refused | lost | cancelled       ↘ removed
                             stored → held → delivered | refused

A hidden image was shown and waits for a moderator, who restores or removes it. A held one has not
been shown yet: its job is held while one of its pictures waits for a moderator. What they decide
is written in the review; the job is then delivered once more, which acts on it. An appeal that is
granted takes even an ended job, and a refused image, that way.

An image is `sent` from the moment before its request leaves until its bytes are in the store.
An image found `sent` after a crash is `lost`: it may have been billed and is never sent again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest, wiped_recipe, wiped_request
from bot.domain.gate.policy import NO_SIGNALS, Requester, SafetySignals
from bot.domain.ids import AccountKey, ChannelId, GuildId, ImageId, JobId, MessageId, UserId
from bot.domain.jobs.failure import ImageFailure
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.jobs.uploads import DEFAULT_FILE_LIMIT_BYTES
from bot.domain.money import UsdMicros


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
    HIDDEN = "hidden"
    REMOVED = "removed"
    FAILED = "failed"
    REFUSED = "refused"
    LOST = "lost"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAddress:
    """Where the answer goes: the message that the acknowledgement made, while its token lives.

    A file of the answer may have `file_limit_bytes`, which depend on the server and the member.
    """

    application_id: int
    token: str
    message_id: MessageId
    expires_at: datetime
    file_limit_bytes: int = DEFAULT_FILE_LIMIT_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAddress:
    """Where a message is: for linking to it, and for deleting it."""

    channel_id: ChannelId
    message_id: MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked, where, and in which language. `account` is the member's key in the ledger.

    `by_moderator` and `by_new_member` are what the member was there when they asked.
    """

    user_id: UserId
    guild_id: GuildId | None
    channel_id: ChannelId
    account: AccountKey
    locale: str
    by_moderator: bool = False
    by_new_member: bool = False

    @property
    def requester(self) -> Requester:
        """Who the gate is asked about at a delivery."""
        return Requester(self.user_id, self.guild_id, self.by_moderator, self.by_new_member)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobImage:
    """One image of a job. `reserved_usd_micros` is None where the price is unknown.

    `parent` is the image that a member pressed a button under to get this one, or that this one
    was made of. What is made of pictures has no seed; it is 0 there.
    `enhanced_prompt` is what the API made of the prompt, where it was asked to rewrite it.
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
    enhanced_prompt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One accepted request. `fence` grows with every claim, so that a late owner is found out.

    `shown` is where its result is. A `shared` job paints nothing: it shows a picture of an
    earlier, private job to everybody. A deleted one has neither words nor pictures any more.
    `earlier_claims` are those before moderators last released something of it.
    """

    id: JobId
    request: AnyRequest
    recipe: AnyRecipe
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
    earlier_claims: int = 0

    @property
    def claims(self) -> int:
        """How often it was taken up to come to the end that is next."""
        return self.fence - self.earlier_claims

    @property
    def is_claimed_first(self) -> bool:
        """Whether whoever has it is the first who ever took it up, in any process."""
        return self.fence == 1

    def begun(self, *, owner: str, lease_until: datetime) -> "Job":
        """The same job in the hands of a worker, who has taken it before anybody else could."""
        return replace(
            self,
            state=JobState.RUNNING,
            owner=owner,
            lease_until=lease_until,
            fence=self.fence + 1,
        )

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
            request=wiped_request(self.request),
            recipe=wiped_recipe(self.recipe),
            images=tuple(_wiped_image(image) for image in self.images),
            deleted_at=at,
        )


def _wiped_image(image: JobImage) -> JobImage:
    """The API's own message about a failure may quote the prompt."""
    failure = replace(image.failure, detail=None) if image.failure is not None else None
    return replace(image, picture=None, failure=failure, enhanced_prompt=None)


def outcome(images: tuple[JobImage, ...]) -> JobState:
    """How a job ended whose images have all come to their end: done if one picture was shown.

    It is held, and has not ended, while one of them waits for a moderator.
    """
    states = {image.state for image in images}
    if ImageState.HELD in states:
        return JobState.HELD
    if ImageState.DELIVERED in states:
        return JobState.DONE
    if ImageState.REFUSED in states:
        return JobState.REFUSED
    if states == {ImageState.CANCELLED}:
        return JobState.CANCELLED
    return JobState.FAILED
