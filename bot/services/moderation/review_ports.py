"""What reviews need from outside; see `bot.services.ports` and `bot.services.storage_ports`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import Job, JobState, MessageAddress
from bot.domain.moderation.review import ReviewCase, ReviewState
from bot.services.ports import ShownImage


class ReviewRepository(Protocol):
    """Held pictures, and what was decided on them."""

    async def add(self, case: ReviewCase) -> None:
        """Write a case, once a picture."""

    async def get(self, image_id: ImageId) -> ReviewCase | None:
        """The case of a picture."""

    async def of_job(self, job_id: JobId) -> Sequence[ReviewCase]:
        """The cases of a job's pictures."""

    async def waiting(self, guild_id: GuildId) -> Sequence[ReviewCase]:
        """What a server's moderators have to decide on, the oldest first."""

    async def lock_job(self, job_id: JobId) -> None:
        """Keep others from moving a job on until the transaction ends."""

    async def conclude(
        self,
        image_id: ImageId,
        state: ReviewState,
        *,
        by: UserId | None,
        reason: str = "",
        now: datetime,
    ) -> bool:
        """End a case that waits; False, and nothing written, if it does not wait any more."""

    async def release(self, job_id: JobId, *, from_states: frozenset[JobState]) -> bool:
        """Let a job that is in one of the states be delivered once more; False if it is not."""

    async def reopen(self, image_id: ImageId, *, now: datetime, expires_at: datetime) -> bool:
        """Let a case that was decided against wait once more, and never again; False if not."""

    async def withdraw(self, job_id: JobId, *, now: datetime) -> Sequence[ReviewCase]:
        """End the cases of a job that wait, because its member deletes it; those that did."""

    async def set_message(self, image_id: ImageId, message: MessageAddress) -> None:
        """Write down where moderators are asked."""

    async def take_untold(self, user_id: UserId, *, now: datetime) -> Sequence[ReviewCase]:
        """The decisions against a member's pictures that they were not told of; told once."""

    async def set_told(self, image_id: ImageId, *, now: datetime) -> None:
        """Write down that the member was told of the decision."""

    async def pictures_needed(self, *, decided_since: datetime) -> frozenset[str]:
        """The hashes of the pictures of results of which something waits, or may be appealed."""

    async def channel_of(self, guild_id: GuildId) -> ChannelId | None:
        """Where a server's moderators are asked; None if nowhere."""

    async def set_channel(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """Write down where they are asked."""

    async def clear_channel(self, guild_id: GuildId) -> None:
        """Write down that they are asked nowhere."""


@dataclass(frozen=True, slots=True)
class HeldPicture:
    """What moderators are asked about; without a picture if that is no longer kept."""

    case: ReviewCase
    job: Job
    picture: ShownImage | None


@dataclass(frozen=True, slots=True)
class ReviewTrouble:
    """Why moderators could not be asked; `channel_id` is None where no channel is chosen.

    `reports_channel` is where they are told of reports, if anywhere.
    """

    guild_id: GuildId
    channel_id: ChannelId | None
    reports_channel: ChannelId | None


class ReviewMessenger(Protocol):
    """The way to moderators, and to the members whose pictures they decide on."""

    async def ask(self, channel_id: ChannelId, held: HeldPicture) -> MessageAddress:
        """Show a held picture to moderators, with the buttons to decide, and say where.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not write there.
            DeliveryDelayedError: if it did not get through now.
        """

    async def show_decided(self, address: MessageAddress, case: ReviewCase) -> None:
        """Say on a message that asked what was decided, without the picture.

        A failure to do so is logged and goes no further.
        """

    async def take_down(self, address: MessageAddress) -> None:
        """Remove a message that asked; a failure to do so is logged and goes no further."""

    async def tell_decision(self, case: ReviewCase, job: Job) -> bool:
        """Tell a member of a decision against their picture; False if they cannot be reached."""

    async def tell_admins(self, trouble: ReviewTrouble) -> None:
        """Tell those who manage a server that moderators could not be asked, as far as possible."""


class HeldDesk(Protocol):
    """Is told which pictures wait."""

    async def held(self, cases: Sequence[ReviewCase]) -> None:
        """Let moderators know; never raises, as what waits is also in their queue."""
