"""What the services tell outside, written down; and policies that a test moves."""

from dataclasses import dataclass, field

from bot.domain.gate.policy import PolicySnapshot
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.failure import ImageFailure
from bot.domain.jobs.job import Job, JobState, MessageAddress
from bot.domain.moderation.review import ReviewCase
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.services.moderation.ports import Striker
from bot.services.moderation.review_ports import HeldPicture, ReviewTrouble
from bot.services.ports import (
    DeliveryDelayedError,
    JobResult,
    ProgressReport,
    UndeliverableError,
)


@dataclass
class RecordingMessenger:
    """Keeps what it was told to show; `reachable` False is a member who cannot be reached."""

    reachable: bool = True
    failures_to_come: int = 0
    shown: list[JobResult] = field(default_factory=list)
    progress: list[ProgressReport] = field(default_factory=list)
    called: list[Job] = field(default_factory=list)
    released: list[JobResult] = field(default_factory=list)
    amended: list[JobResult] = field(default_factory=list)
    taken_down: list[MessageAddress] = field(default_factory=list)

    async def show_progress(self, report: ProgressReport) -> MessageAddress | None:
        """A job without an answer gets a message of its own once it is being painted."""
        self.progress.append(report)
        job = report.progress.job
        if job.reply is not None or job.shown is not None or job.state is not JobState.RUNNING:
            return None
        return MessageAddress(
            channel_id=job.origin.channel_id, message_id=MessageId(1_000 + len(self.progress))
        )

    async def tell_ready(self, job: Job) -> None:
        self.called.append(job)

    async def show_result(self, result: JobResult) -> MessageAddress:
        if not self.reachable:
            raise UndeliverableError("the channel is gone")
        if self.failures_to_come:
            self.failures_to_come -= 1
            raise DeliveryDelayedError("Discord is down")
        self.shown.append(result)
        return MessageAddress(
            channel_id=result.job.origin.channel_id, message_id=MessageId(len(self.shown))
        )

    async def show_released(self, result: JobResult) -> MessageAddress:
        if not self.reachable:
            raise UndeliverableError("the channel is gone")
        self.released.append(result)
        return MessageAddress(
            channel_id=result.job.origin.channel_id, message_id=MessageId(500 + len(self.released))
        )

    async def amend_result(self, result: JobResult) -> None:
        self.amended.append(result)

    async def take_down(self, address: MessageAddress) -> None:
        self.taken_down.append(address)


@dataclass
class RecordingReviewMessenger:
    """Keeps what moderators and members were told; a test says what is in the way."""

    channel_gone: bool = False
    reachable: bool = True
    failures_to_come: int = 0
    asked: list[tuple[ChannelId, HeldPicture]] = field(default_factory=list)
    decided: list[tuple[MessageAddress, ReviewCase]] = field(default_factory=list)
    taken_down: list[MessageAddress] = field(default_factory=list)
    told: list[ReviewCase] = field(default_factory=list)
    troubles: list[ReviewTrouble] = field(default_factory=list)

    async def ask(self, channel_id: ChannelId, held: HeldPicture) -> MessageAddress:
        if self.channel_gone:
            raise UndeliverableError("the channel is gone")
        if self.failures_to_come:
            self.failures_to_come -= 1
            raise DeliveryDelayedError("Discord is down")
        self.asked.append((channel_id, held))
        return MessageAddress(channel_id=channel_id, message_id=MessageId(9_000 + len(self.asked)))

    async def show_decided(self, address: MessageAddress, case: ReviewCase) -> None:
        self.decided.append((address, case))

    async def take_down(self, address: MessageAddress) -> None:
        self.taken_down.append(address)

    async def tell_decision(self, case: ReviewCase, job: Job) -> bool:
        del job
        if self.reachable:
            self.told.append(case)
        return self.reachable

    async def tell_admins(self, trouble: ReviewTrouble) -> None:
        self.troubles.append(trouble)


@dataclass
class RecordingStriker:
    """Keeps the strikes, against whom, by whom and why, and passes them on."""

    desk: Striker
    strikes: list[tuple[UserId, UserId | None, str]] = field(default_factory=list)

    async def strike(
        self,
        *,
        guild_id: GuildId,
        user_id: UserId,
        by: UserId | None,
        reason: str,
        image_id: ImageId | None,
    ) -> None:
        self.strikes.append((user_id, by, reason))
        await self.desk.strike(
            guild_id=guild_id, user_id=user_id, by=by, reason=reason, image_id=image_id
        )


@dataclass
class MovablePolicies:
    """The same policy everywhere, which a test may change."""

    policy: PolicySnapshot = field(default_factory=PolicySnapshot)

    async def until_known(self) -> None:
        """Every place is known."""

    def of_place(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicySnapshot:
        del guild_id, channel_id
        return self.policy


@dataclass
class RecordingAlerts:
    """Keeps what the operator was told."""

    failures: list[ImageFailure] = field(default_factory=list)
    budgets: list[BudgetAlert] = field(default_factory=list)

    async def painting_failed(self, job: Job, failure: ImageFailure) -> None:
        del job
        self.failures.append(failure)

    async def budget_near_its_end(self, alert: BudgetAlert) -> None:
        self.budgets.append(alert)


@dataclass
class RecordingManagers:
    """Keeps what a server's managers were told."""

    told: list[tuple[GuildId, BudgetAlert]] = field(default_factory=list)

    async def tell_managers(self, guild_id: GuildId, alert: BudgetAlert) -> None:
        self.told.append((guild_id, alert))
