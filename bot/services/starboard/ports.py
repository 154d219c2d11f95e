"""What starboards need from outside; see `bot.services.ports`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId
from bot.domain.jobs.job import Job, JobImage, MessageAddress
from bot.domain.starboard import Starboard, StarPost, Stars
from bot.services.ports import ShownImage


class StarboardRepository(Protocol):
    """Servers' starboards, and what is on them."""

    async def board_of(self, guild_id: GuildId) -> Starboard | None:
        """A server's starboard; None where it has none."""

    async def set_board(self, board: Starboard) -> None:
        """Write a server's starboard, in place of an earlier one."""

    async def remove_board(self, guild_id: GuildId) -> bool:
        """Let a server have none; False if it had none."""

    async def set_unreached(self, board: Starboard, *, unreached: bool) -> bool:
        """Write whether managers were told; False if that was written already."""

    async def stars_of(self, image_id: ImageId) -> Stars:
        """The votes for a picture by members other than its maker."""

    async def find(self, image_id: ImageId) -> StarPost | None:
        """A picture that is, was or will be on a starboard."""

    async def put_waiting(self, post: StarPost) -> None:
        """Write that a picture waits, also one that waited before or was taken down."""

    async def begin(self, image_id: ImageId, *, now: datetime) -> StarPost | None:
        """Begin to post what waits; None if it does not, or somebody else has begun."""

    async def begin_again(
        self, image_id: ImageId, *, now: datetime, begun_before: datetime
    ) -> StarPost | None:
        """Take over what somebody began to post and never finished."""

    async def set_posted(
        self, image_id: ImageId, message_id: MessageId, *, stars: int, now: datetime
    ) -> None:
        """Write where it stands, and with how many votes."""

    async def set_stars(self, image_id: ImageId, stars: int, *, now: datetime) -> None:
        """Write how many votes its message shows from now on."""

    async def set_waiting(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that it could not be posted."""

    async def set_removing(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that its message is being taken down."""

    async def set_removed(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that it was taken down."""

    async def set_dismissed(self, image_id: ImageId, *, now: datetime) -> None:
        """Write that it never comes back."""

    async def dismiss_messages(self, message_ids: Collection[MessageId], *, now: datetime) -> int:
        """Write of posted pictures whose messages others deleted that they never come back."""

    async def of_messages(self, message_ids: Collection[MessageId]) -> Sequence[ImageId]:
        """The pictures that stand in these messages, as results or on a starboard."""

    async def among(self, image_ids: Collection[ImageId]) -> Sequence[ImageId]:
        """Those of the pictures that are on a starboard or on their way to it."""

    async def channels_of(self, guild_id: GuildId) -> Sequence[ChannelId]:
        """The channels in which pictures of a server's starboards stand."""

    async def doubtful(
        self, guild_id: GuildId, *, safe_channels: Collection[ChannelId], limit: int
    ) -> Sequence[ImageId]:
        """What may have to go or to be posted: waiting, deleted, made private, or not safe."""


class PictureUnshowableError(Exception):
    """A picture is no longer kept, or cannot be made to fit."""


@dataclass(frozen=True, slots=True)
class StarMessage:
    """What stands on a starboard; `covered` is whether the picture lies behind a spoiler."""

    post: StarPost
    job: Job
    image: JobImage
    stars: int
    covered: bool = False


class StarboardMessenger(Protocol):
    """The way to starboards."""

    async def is_there(self, origin: MessageAddress) -> bool:
        """Whether a picture's own message is still there; where Discord does not say, it is.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached.
        """

    async def find(self, post: StarPost, image: JobImage) -> MessageId | None:
        """The message of a picture that may have been posted already, of this one of its result.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached.
        """

    async def post(self, message: StarMessage, shown: ShownImage) -> MessageId:
        """Post a picture, under a nonce by which Discord knows a repetition.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not post there.
            DeliveryDelayedError: if it did not get through now; it may stand there.
            PictureUnshowableError: if it is the picture itself that cannot be posted.
        """

    async def edit(self, message: StarMessage) -> bool:
        """Write the count; False if the message is gone.

        Raises:
            UndeliverableError: if the bot may not see the channel.
            DeliveryDelayedError: if it did not get through now.
        """

    async def remove(self, address: MessageAddress) -> None:
        """Take a message down; one that is gone is no failure.

        Raises:
            UndeliverableError: if the bot may not see the channel.
            DeliveryDelayedError: if it did not get through now.
        """

    async def tell_managers(self, board: Starboard) -> None:
        """Tell them that nothing can be posted there, as far as they can be reached."""


class Audience(Protocol):
    """Who reads what, from memory."""

    def reads_too(self, guild_id: GuildId, *, here: ChannelId, there: ChannelId) -> bool:
        """Whether everybody who reads `here` by their roles may also read `there`."""
