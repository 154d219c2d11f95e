"""What erasing and exporting need from outside; see `bot.services.ports` and `storage_ports`."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import Job, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.privacy import Erasure, ErasureStage, ExportRow, Inventory, PackedPart, Subject
from bot.domain.voting.vote import Vote


class ErasureRepository(Protocol):
    """Erasures under way, and what they take out. Every step can be done again."""

    async def begin(self, erasure: Erasure) -> bool:
        """Write an erasure down; False if one of the same subject is under way."""

    async def begin_anew(self, subject: Subject, *, now: datetime) -> None:
        """Let an erasure that has come further begin from its first stage."""

    async def end(self, subject: Subject) -> None:
        """Forget an erasure: nothing is left of it to do."""

    async def has_jobs(self, subject: Subject) -> bool:
        """Whether any job names the subject."""

    async def find(self, subject: Subject) -> Erasure | None:
        """The erasure of a subject that is under way."""

    async def move_on(self, subject: Subject, stage: ErasureStage) -> None:
        """Write down what comes next."""

    async def hold_admissions(self) -> None:
        """Let no request be taken in until this transaction ends."""

    async def open_jobs(self, subject: Subject) -> Sequence[JobId]:
        """The jobs in which somebody still has something to do, the oldest first."""

    async def ended_jobs(self, subject: Subject, *, limit: int) -> Sequence[Job]:
        """Some of the jobs that still name the subject and in which nobody works."""

    async def unname(self, jobs: Collection[JobId], subject: Subject) -> None:
        """Take the member, and of a server the server too, out of jobs that were wiped."""

    async def forget_reports(self, image_ids: Collection[ImageId]) -> None:
        """Forget what was reported of pictures that are no more."""

    async def votes_of(self, user_id: UserId, *, limit: int) -> Sequence[Vote]:
        """Some of a member's votes."""

    async def erase_rows(self, subject: Subject, stage: ErasureStage) -> None:
        """Delete and unname whatever the declarations say of a stage."""

    async def forget_channel_defaults(self, guild_id: GuildId) -> None:
        """Forget the defaults of channels that are known to be a server's."""

    async def queue_message(self, user_id: UserId, address: MessageAddress) -> None:
        """Remember that a message is to be taken down."""

    async def queued_messages(
        self, user_id: UserId, *, limit: int
    ) -> Sequence[tuple[int, MessageAddress]]:
        """Some of the messages that are to be taken down, each with its number."""

    async def drop_message(self, number: int) -> None:
        """Forget a message: it is gone, or not the bot's to take down."""


class DepartureRepository(Protocol):
    """Servers that the bot is no longer in."""

    async def note(self, guild_id: GuildId, *, now: datetime) -> bool:
        """Write down that the bot has left; False if that was written before."""

    async def forget(self, guild_id: GuildId) -> bool:
        """The bot is back; False if it had not left."""

    async def hold(self, guild_id: GuildId) -> bool:
        """Whether a server was left; the bot is not back there before this transaction ends."""

    async def all(self) -> Sequence[GuildId]:
        """The servers that were left."""

    async def known_servers(self) -> frozenset[GuildId]:
        """Every server of which something is stored."""


class PersonalDataRepository(Protocol):
    """What is stored of a member."""

    async def inventory(self, user_id: UserId) -> Inventory:
        """How much there is."""

    async def last_export(self, user_id: UserId) -> datetime | None:
        """When a member asked for everything last."""

    async def note_export(self, user_id: UserId, *, now: datetime, unless_since: datetime) -> bool:
        """Write an export down; False if there was one after `unless_since`."""

    async def forget_export(self, user_id: UserId) -> None:
        """Let a member ask again: their export has failed."""

    def tables(self) -> Sequence[str]:
        """The names of the tables of which a member is given their rows."""

    async def rows(
        self, table: str, user_id: UserId, *, offset: int, limit: int
    ) -> Sequence[ExportRow]:
        """A member's rows of a table, in the order of its key, without what is secret."""

    async def pictures(
        self, user_id: UserId, *, behind: ImageId | None, limit: int
    ) -> Sequence[tuple[ImageId, StoredPicture]]:
        """A member's pictures, the oldest first, from behind a certain one on."""


class PrivacyRepositories(Protocol):
    """The repositories of privacy in one transaction."""

    @property
    def erasures(self) -> ErasureRepository:
        """Erasures under way."""

    @property
    def departures(self) -> DepartureRepository:
        """Servers that were left."""

    @property
    def personal_data(self) -> PersonalDataRepository:
        """What is stored of a member."""


class MessageRemover(Protocol):
    """The way to the bot's own messages."""

    async def take_down(self, address: MessageAddress) -> bool:
        """Delete a message; False where it is not the bot's to delete, now or ever.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached, or fails.
        """


class Packer(Protocol):
    """Writes files of exports, off the loop."""

    async def pack(
        self,
        documents: AsyncIterator[tuple[str, Sequence[ExportRow]]] | None,
        pictures: Sequence[tuple[ImageId, StoredPicture]],
        *,
        limit_bytes: int,
    ) -> PackedPart:
        """Write one file of at most that many bytes, the documents first.

        Raises:
            ExportTooLarge: if the documents alone take more.
        """

    async def discard(self, part: PackedPart) -> None:
        """Remove a file that was sent."""
