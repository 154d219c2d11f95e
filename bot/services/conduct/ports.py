"""What strikes, blocks and reports need from outside; see `bot.services.storage_ports`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.conduct.bars import Block, BlockCause
from bot.domain.conduct.conduct import StrikeRules
from bot.domain.conduct.notice import ConductNotice
from bot.domain.conduct.strikes import GivenStrike
from bot.domain.ids import GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.moderation.report_case import OpenCase, ReportOutcome
from bot.services.ports import JobResult


class ConductRepository(Protocol):
    """Strikes and blocks. What has expired is not returned."""

    async def all_strikes(self, *, now: datetime) -> Sequence[GivenStrike]:
        """Every strike that counts."""

    async def strikes_of(
        self, guild_id: GuildId, user_id: UserId, *, now: datetime
    ) -> Sequence[GivenStrike]:
        """A member's strikes that count, the newest first."""

    async def strike(self, strike_id: str, *, now: datetime) -> GivenStrike | None:
        """A strike that counts."""

    async def add_strike(self, strike: GivenStrike) -> bool:
        """Write a strike; False, and nothing written, if its image led to one before."""

    async def withdraw_strike(self, strike_id: str, *, now: datetime) -> bool:
        """Let a strike count no more; False if it was withdrawn before."""

    async def all_rules(self) -> Mapping[GuildId, StrikeRules]:
        """The thresholds of the servers that have set any."""

    async def set_rules(self, guild_id: GuildId, rules: StrikeRules) -> None:
        """Write a server's thresholds."""

    async def all_blocks(self, *, now: datetime) -> Sequence[Block]:
        """Every block that holds."""

    async def put_block(self, block: Block) -> None:
        """Write a block, in place of an earlier one."""

    async def remove_block(
        self, guild_id: GuildId, user_id: UserId, *, cause: BlockCause | None = None
    ) -> bool:
        """Lift a block, of one cause or of any; False if there was none."""

    async def open_jobs_of(self, user_id: UserId, guild_id: GuildId | None) -> Sequence[JobId]:
        """A member's jobs that have not ended, in a server or, without one, everywhere."""


class ConductNoticeRepository(Protocol):
    """What members are told of their conduct, once."""

    async def add(self, notice: ConductNotice) -> None:
        """Write down what is to be told."""

    async def untold(self, notice_id: str) -> ConductNotice | None:
        """What was neither told nor waits for the member's next command."""

    async def note_told(self, notice_id: str) -> None:
        """Write down that it was told."""

    async def let_wait(self, notice_id: str) -> None:
        """Keep it for the member's next command."""

    async def note_cancelled(self, notice_id: str) -> None:
        """Count one more request that was cancelled."""

    async def take(self, user_id: UserId) -> Sequence[ConductNotice]:
        """What waits for a member, oldest first; it is told once."""


class CaseRepository(Protocol):
    """Reported pictures: hidden at the threshold, and what moderators decide."""

    async def hold_alike(self, image_id: ImageId) -> Sequence[ImageId]:
        """The images of a server that show the same picture; no other report comes in between."""

    async def alike(self, image_id: ImageId) -> Sequence[ImageId]:
        """The same, without keeping anybody waiting."""

    async def weights(self, image_ids: Collection[ImageId]) -> Sequence[float]:
        """What the open reports of the images weigh, each member's once."""

    async def hide(self, image_ids: Collection[ImageId]) -> Sequence[JobId]:
        """Hide those that are shown, and say of which jobs."""

    async def restore(self, image_ids: Collection[ImageId]) -> Sequence[JobId]:
        """Show those again that are hidden, and say of which jobs."""

    async def remove(self, image_ids: Collection[ImageId]) -> Sequence[JobId]:
        """Take the pictures away for good, and say of which jobs."""

    async def close(
        self, image_ids: Collection[ImageId], outcome: ReportOutcome, *, now: datetime
    ) -> int:
        """Decide the open reports, and say how many there were; none if somebody has before."""

    async def open_cases(self, guild_id: GuildId, *, limit: int) -> Sequence[OpenCase]:
        """Pictures on which nobody has decided, the longest waiting first."""

    async def rejected_since(self, user_id: UserId, guild_id: GuildId, since: datetime) -> int:
        """How many of a member's reports were rejected in a server since then."""

    async def reported_since(self, user_id: UserId, since: datetime) -> Sequence[datetime]:
        """When a member has reported since then, wherever, the oldest first."""


class ResultEditor(Protocol):
    """The way to results that are shown already."""

    async def redraw(self, result: JobResult, address: MessageAddress) -> None:
        """Show a result anew in its message.

        Raises:
            UndeliverableError: if there is no such message any more, or it is not the bot's.
            DeliveryDelayedError: if Discord did not take it now.
        """

    async def take_down(self, address: MessageAddress) -> None:
        """Delete a result's message.

        Raises:
            UndeliverableError, DeliveryDelayedError: as above.
        """


class MemberMessenger(Protocol):
    """The way to a member alone."""

    async def tell_conduct(self, notice: ConductNotice) -> None:
        """Send a member a direct message.

        Raises:
            UndeliverableError: if the member takes none, or Discord did not take it.
        """
