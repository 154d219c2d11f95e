"""Asking moderators about held pictures, and telling members what became of theirs."""

from collections.abc import Sequence

import structlog

from bot.domain.ids import ChannelId, GuildId, ImageId
from bot.domain.jobs.job import Job, MessageAddress
from bot.domain.moderation.review import AGAINST, ReviewCase, ReviewState
from bot.services.moderation.review_ports import HeldPicture, ReviewMessenger, ReviewTrouble
from bot.services.ports import (
    Clock,
    PictureStore,
    ShownImage,
    UndeliverableError,
)
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

_NOWHERE = "nowhere"


class ReviewDesk:
    """Knows where each server's moderators are asked, and asks them.

    It is a `HeldDesk`. What cannot be posted waits in the moderators' queue all the same.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        messenger: ReviewMessenger,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._messenger = messenger
        self._clock = clock

    async def ask_here(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """Ask a server's moderators in a channel from now on, also about what waits already."""
        async with self._storage.write() as tx:
            await tx.reviews.set_channel(guild_id, channel_id)
            await tx.markers.set(_marker(guild_id), "")
            waiting = await tx.reviews.waiting(guild_id)
        await self.held([case for case in waiting if not _is_in(case, channel_id)])

    async def ask_nowhere(self, guild_id: GuildId) -> None:
        """Let held pictures wait in the queue alone from now on."""
        async with self._storage.write() as tx:
            await tx.reviews.clear_channel(guild_id)

    async def held(self, cases: Sequence[ReviewCase]) -> None:
        """Let moderators know of pictures that wait; what fails is made up for by the schedule."""
        for case in cases:
            try:
                await self.post(case.image_id, again=case.message)
            except Exception:
                log.exception("review_not_posted", image_id=case.image_id)

    async def post(self, subject: str, *, again: MessageAddress | None = None) -> None:
        """Ask about one picture, unless it was asked about or decided on.

        Args:
            subject: the picture's id.
            again: a message in a former channel, which does not count.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """
        image_id = ImageId(subject)
        async with self._storage.read() as tx:
            case = await tx.reviews.get(image_id)
            if case is None or case.state is not ReviewState.WAITING or case.message != again:
                return
            job = await tx.jobs.get(case.job_id)
            channel_id = await tx.reviews.channel_of(case.guild_id)
        if job is None or job.deleted_at is not None:
            return
        if channel_id is None:
            await self._note_trouble(case.guild_id, None)
            return
        try:
            message = await self._messenger.ask(channel_id, await self.picture_of(case, job))
        except UndeliverableError as error:
            log.warning("review_channel_unreachable", guild_id=case.guild_id, cause=str(error))
            await self._note_trouble(case.guild_id, channel_id)
            return
        await self._note_message(image_id, message)

    async def picture_of(self, case: ReviewCase, job: Job) -> HeldPicture:
        """A held picture with its job, as moderators are shown it."""
        image = next(each for each in job.images if each.id == case.image_id)
        if image.picture is None or not await self._pictures.has(image.picture):
            return HeldPicture(case, job, None)
        return HeldPicture(case, job, ShownImage(image, self._pictures.path_of(image.picture)))

    async def decided(self, case: ReviewCase, job: Job) -> None:
        """Say on the message that asked what was decided, and tell the member if it is no."""
        if case.message is not None:
            await self._messenger.show_decided(case.message, case)
        if case.state not in AGAINST:
            return
        # Whoever cannot be reached is told at their next command.
        if await self._messenger.tell_decision(case, job):
            async with self._storage.write() as tx:
                await tx.reviews.set_told(case.image_id, now=self._clock.now())

    async def withdrawn(self, cases: Sequence[ReviewCase]) -> None:
        """Take what a member has deleted from moderators' sight."""
        for case in cases:
            if case.message is not None:
                await self._messenger.take_down(case.message)

    async def _note_message(self, image_id: ImageId, message: MessageAddress) -> None:
        """Keep where moderators are asked; they may have decided in the queue meanwhile."""
        async with self._storage.write() as tx:
            await tx.reviews.set_message(image_id, message)
            case = await tx.reviews.get(image_id)
            if case is not None:
                await tx.markers.set(_marker(case.guild_id), "")
        if case is None or case.state is ReviewState.WITHDRAWN:
            await self._messenger.take_down(message)
        elif case.state is not ReviewState.WAITING:
            await self._messenger.show_decided(message, case)

    async def _note_trouble(self, guild_id: GuildId, channel_id: ChannelId | None) -> None:
        """Tell those who manage the server, once for each channel that fails."""
        marker, value = _marker(guild_id), f"{channel_id or _NOWHERE}"
        async with self._storage.write() as tx:
            if not await tx.markers.change(marker, value):
                return
            reports = await tx.reports.channel_of(guild_id)
        await self._messenger.tell_admins(ReviewTrouble(guild_id, channel_id, reports))


def _marker(guild_id: GuildId) -> str:
    return f"review_trouble:{guild_id}"


def _is_in(case: ReviewCase, channel_id: ChannelId) -> bool:
    return case.message is not None and case.message.channel_id == channel_id
