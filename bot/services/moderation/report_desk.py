"""Telling a server's moderators of reports, in the channel that they have chosen."""

from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.domain.errors import ChannelUnwritable
from bot.domain.ids import ChannelId, GuildId
from bot.domain.jobs.job import Job
from bot.domain.moderation.audit import Act, channel_subject
from bot.domain.moderation.report import Report
from bot.services.moderation.auditing import Acting, write_down
from bot.services.ports import Clock, PictureStore, ShownImage, UndeliverableError
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FiledReport:
    """A report that was kept, and the result that it is about.

    Attributes:
        hidden: whether it was the one that hid the picture.
        limited: whether this member's reports weigh nothing, as too many were rejected.
    """

    report: Report
    job: Job
    hidden: bool = False
    limited: bool = False


@dataclass(frozen=True, slots=True)
class ReportMessage:
    """What moderators are told; without a picture if that is no longer kept."""

    filed: FiledReport
    guild_id: GuildId
    picture: ShownImage | None


class ModeratorMessenger(Protocol):
    """The way to a server's moderators."""

    async def tell_report(self, channel_id: ChannelId, message: ReportMessage) -> None:
        """Tell of a report in a channel.

        Raises:
            UndeliverableError: if it did not get through.
        """


class ReportDesk:
    """Knows where each server's moderators are told, and tells them."""

    def __init__(
        self,
        *,
        storage: Storage,
        pictures: PictureStore,
        moderators: ModeratorMessenger,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._moderators = moderators
        self._clock = clock
        self._unreached: set[GuildId] = set()

    async def tell_here(self, guild_id: GuildId, channel_id: ChannelId, by: Acting) -> None:
        """Tell of a server's reports in a channel from now on."""
        async with self._storage.write() as tx:
            await tx.reports.set_channel(guild_id, channel_id)
            subject = channel_subject(channel_id)
            now = self._clock.now()
            await write_down(tx, by, Act.REPORTS_CHANNEL_SET, subject, now=now)
        self._unreached.discard(guild_id)

    async def tell_nowhere(self, guild_id: GuildId, by: Acting) -> None:
        """Only keep a server's reports from now on."""
        async with self._storage.write() as tx:
            await tx.reports.clear_channel(guild_id)
            await write_down(tx, by, Act.REPORTS_CHANNEL_SET, "none", now=self._clock.now())

    async def tell(self, filed: FiledReport) -> None:
        """Tell of a report where there is a channel for it.

        A failure goes no further than the log, once for each server: the report is kept anyway.
        """
        guild_id = filed.job.origin.guild_id
        if guild_id is None:
            return
        async with self._storage.read() as tx:
            channel_id = await tx.reports.channel_of(guild_id)
        if channel_id is None:
            return
        message = ReportMessage(filed, guild_id, await self._picture(filed))
        try:
            await self._moderators.tell_report(channel_id, message)
        except UndeliverableError as error:
            self._note_unreached(guild_id, channel_id, error)
        else:
            self._unreached.discard(guild_id)

    async def _picture(self, filed: FiledReport) -> ShownImage | None:
        image = next(
            (image for image in filed.job.pictures if image.id == filed.report.image_id), None
        )
        if image is None or image.picture is None or not await self._pictures.has(image.picture):
            return None
        return ShownImage(image, self._pictures.path_of(image.picture))

    def _note_unreached(
        self, guild_id: GuildId, channel_id: ChannelId, error: UndeliverableError
    ) -> None:
        if guild_id in self._unreached:
            return
        self._unreached.add(guild_id)
        log.warning(
            "moderators_not_reached", guild_id=guild_id, channel_id=channel_id, cause=str(error)
        )


def check_writable(channel_id: ChannelId, *, writable: bool) -> None:
    """Let pass a channel in which the bot may post pictures.

    Raises:
        ChannelUnwritable: if it may not.
    """
    if not writable:
        raise ChannelUnwritable(channel_id)
