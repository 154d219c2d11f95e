"""What moderation needs from outside; see `bot.services.ports` and `bot.services.storage_ports`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.gate.channel_rules import ChannelSettings, Layer
from bot.domain.gate.pause import Pause, PausedPlace
from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.moderation.audit import Act, AuditEntry, LogChannel, LoggedAct, LogQuery
from bot.domain.terms import Term
from bot.domain.terms.listed import ListedTerm
from bot.services.conduct.ports import (
    CaseRepository,
    ConductNoticeRepository,
    ConductRepository,
)
from bot.services.moderation.review_ports import ReviewRepository
from bot.services.privacy.ports import PrivacyRepositories


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """Where a channel stands in its server, and whether Discord marks it as age-restricted.

    `layers` are the thread, the channel and the category, as far as there are any, with their ids.
    """

    layers: tuple[tuple[Layer, int], ...]
    age_restricted: bool


class ChannelMap(Protocol):
    """What Discord says of channels now, from memory."""

    async def until_known(self) -> None:
        """Wait until Discord has told of every server."""

    def facts_of(self, guild_id: GuildId, channel_id: ChannelId) -> ChannelFacts | None:
        """The facts of a channel; None where it is not known."""


class ChannelPolicyRepository(Protocol):
    """What layers have set, and what is paused."""

    async def all_settings(
        self, guild_id: GuildId | None = None
    ) -> Sequence[tuple[GuildId, Layer, int, ChannelSettings]]:
        """What every layer has set, of one server or of all."""

    async def set_settings(
        self, guild_id: GuildId, layer: Layer, place_id: int, value: ChannelSettings
    ) -> None:
        """Write what a layer says; one that says nothing is removed."""

    async def all_pauses(self) -> Sequence[Pause]:
        """What is paused anywhere."""

    async def pause(self, pause: Pause) -> bool:
        """Write a pause; False if there was one already."""

    async def resume(self, place: PausedPlace) -> bool:
        """Remove a pause; False if there was none."""


class TermRepository(Protocol):
    """The servers' lists of blocked terms."""

    async def all_terms(
        self, guild_id: GuildId | None = None
    ) -> Sequence[tuple[GuildId, ListedTerm]]:
        """The terms of one server or of all, in the order in which they were added."""

    async def add(self, guild_id: GuildId, terms: Sequence[ListedTerm]) -> int:
        """Write terms that are not there yet, and say how many those were."""

    async def remove(self, guild_id: GuildId, terms: Collection[Term]) -> int:
        """Remove terms, and say how many there were."""

    async def count(self, guild_id: GuildId) -> int:
        """How many terms a server has."""


class AuditRepository(Protocol):
    """The audit log; entries are added, folded into equal ones, and forgotten when they are old."""

    async def add(self, entry: AuditEntry) -> None:
        """Write an act down."""

    async def fold(self, entry: AuditEntry, *, since: datetime) -> None:
        """Count an act in with an equal one that began after `since`, or write it down."""

    async def page(
        self, guild_id: GuildId, query: LogQuery, *, skip: int, limit: int
    ) -> Sequence[LoggedAct]:
        """A server's acts that a query is for, the newest first."""

    async def newest(self, guild_id: GuildId) -> int:
        """The number of a server's newest entry; 0 if there is none."""

    async def untold(
        self, channel: LogChannel, *, ended_before: datetime, limit: int
    ) -> Sequence[LoggedAct]:
        """A server's entries that its log channel does not have yet, the oldest first.

        Decisions of the gate that began after `ended_before` may still grow; they wait.
        """

    async def mark_told(self, numbers: Collection[int]) -> None:
        """Write down that entries stand in the log channel."""

    async def forget_before(self, moment: datetime) -> int:
        """Delete what is older, and say how many entries that were."""

    async def latest(
        self, guild_id: GuildId, *, act: Act | None, limit: int
    ) -> Sequence[LoggedAct]:
        """A server's last acts, of one kind or of all, the newest first."""


class Striker(Protocol):
    """Gives strikes for pictures."""

    async def strike(
        self,
        *,
        guild_id: GuildId,
        user_id: UserId,
        by: UserId | None,
        reason: str,
        image_id: ImageId | None,
    ) -> None:
        """Give a member a strike, once an image; `by` is None where the bot itself does."""


class LogChannelRepository(Protocol):
    """Where servers' logs are told."""

    async def waiting(self, *, ended_before: datetime) -> Sequence[LogChannel]:
        """The channels for which `AuditRepository.untold` has something."""

    async def choose(self, channel: LogChannel) -> None:
        """Tell a server's log in a channel."""

    async def clear(self, guild_id: GuildId, channel_id: ChannelId | None = None) -> bool:
        """Tell a server's log nowhere, if it is told there; False if it was not."""


class ModerationRepositories(PrivacyRepositories, Protocol):
    """The repositories of moderation in one transaction."""

    @property
    def channel_policies(self) -> ChannelPolicyRepository:
        """What layers have set, and what is paused."""

    @property
    def terms(self) -> TermRepository:
        """Blocked terms."""

    @property
    def audit(self) -> AuditRepository:
        """The audit log."""

    @property
    def reviews(self) -> ReviewRepository:
        """Held pictures."""

    @property
    def conduct(self) -> ConductRepository:
        """Strikes and blocks."""

    @property
    def conduct_notices(self) -> ConductNoticeRepository:
        """What members are told of their conduct."""

    @property
    def cases(self) -> CaseRepository:
        """Reported pictures."""

    @property
    def log_channels(self) -> LogChannelRepository:
        """Where it is told."""
