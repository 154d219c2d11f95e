"""What contests need from outside; see `bot.services.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.contests.contest import Approval, Contest, ContestId, Entry, Phase
from bot.domain.contests.rules import Ranked
from bot.domain.ids import GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import Job, MessageAddress
from bot.services.ports import ShownImage


class ContestRepository(Protocol):
    """Contests, their entries, and the votes for these."""

    async def add(self, contest: Contest) -> bool:
        """Write a new contest; False, and nothing written, if the server has an open one."""

    async def get(self, contest_id: ContestId) -> Contest | None:
        """A contest."""

    async def hold(self, contest_id: ContestId) -> Contest | None:
        """A contest, for a change: nobody else changes it or what is in it meanwhile."""

    async def open_in(self, guild_id: GuildId) -> Contest | None:
        """A server's open contest."""

    async def latest_in(self, guild_id: GuildId) -> Contest | None:
        """The contest that was opened last in a server."""

    async def advance(self, contest_id: ContestId, *, to: Phase, since: Collection[Phase]) -> bool:
        """Move a contest on from one of these phases; False if it is in none of them."""

    async def set_times(
        self, contest_id: ContestId, *, submit_until: datetime, vote_until: datetime
    ) -> None:
        """Write until when entries and votes are taken."""

    async def set_message(
        self, contest_id: ContestId, message_id: MessageId, announced: Phase
    ) -> None:
        """Write where a contest stands, and which phase is told there."""

    async def entries(self, contest_id: ContestId) -> Sequence[Entry]:
        """The entries, by number, then in the order in which they came."""

    async def add_entry(self, entry: Entry) -> bool:
        """Write an entry; False if the picture is in the contest."""

    async def remove_entry(self, contest_id: ContestId, image_id: ImageId) -> bool:
        """Take an entry out, with the votes for it; False if it is not there."""

    async def has_messages(self, message_ids: Collection[MessageId]) -> bool:
        """Whether pictures of these messages are in an open contest."""

    async def drop_of_messages(self, message_ids: Collection[MessageId]) -> int:
        """Take out of open contests the entries whose messages were deleted; how many."""

    async def set_numbers(self, contest_id: ContestId, numbers: Mapping[ImageId, int]) -> None:
        """Write the numbers that were drawn by lot."""

    async def set_places(self, contest_id: ContestId, ranked: Sequence[Ranked]) -> None:
        """Write how the entries ended."""

    async def approvals(self, contest_id: ContestId) -> Sequence[Approval]:
        """All votes in a contest."""

    async def approved_by(self, contest_id: ContestId, user_id: UserId) -> frozenset[ImageId]:
        """The entries that a member voted for."""

    async def approve(self, approval: Approval) -> None:
        """Write a vote."""

    async def disapprove(self, contest_id: ContestId, image_id: ImageId, user_id: UserId) -> bool:
        """Take a vote back; False if there is none."""


@dataclass(frozen=True, slots=True)
class Winner:
    """A winner, and their picture and its result as far as these may still be shown."""

    ranked: Ranked
    job: Job | None
    picture: ShownImage | None


@dataclass(frozen=True, slots=True)
class ContestNews:
    """What a contest's message tells."""

    contest: Contest
    entries: int
    ranked: tuple[Ranked, ...] = ()
    winners: tuple[Winner, ...] = ()


class ContestMessenger(Protocol):
    """The way to the channels of contests."""

    async def announce(self, news: ContestNews) -> MessageId:
        """Post a contest's phase, under a nonce by which Discord knows a repetition.

        Raises:
            UndeliverableError: if the channel is gone, or the bot may not post there.
            DeliveryDelayedError: if it did not get through now.
        """

    async def remove(self, address: MessageAddress) -> None:
        """Take the message of a former phase down; a failure is logged and goes no further."""
