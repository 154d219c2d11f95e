"""A transaction: the repositories of every subject on one connection."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey
from bot.storage.battles.battles import SqlBattleRepository
from bot.storage.contests.contests import SqlContestRepository
from bot.storage.insight.style_insight import SqlStyleInsightRepository
from bot.storage.jobs.cooldowns import SqlCooldownRepository
from bot.storage.jobs.jobs import SqlJobRepository
from bot.storage.jobs.notices import SqlNoticeRepository
from bot.storage.jobs.pending import SqlPendingRequestRepository
from bot.storage.markers import SqlMarkerRepository
from bot.storage.members.favourites import SqlFavouriteRepository
from bot.storage.members.library import SqlLibraryRepository
from bot.storage.members.members import SqlMemberRepository
from bot.storage.members.page_states import SqlPageStateRepository
from bot.storage.members.preferences import SqlPreferenceRepository
from bot.storage.moderation.audit import SqlAuditRepository
from bot.storage.moderation.cases import SqlCaseRepository
from bot.storage.moderation.channel_policies import SqlChannelPolicyRepository
from bot.storage.moderation.conduct import SqlConductRepository
from bot.storage.moderation.conduct_notices import SqlConductNoticeRepository
from bot.storage.moderation.log_channels import SqlLogChannelRepository
from bot.storage.moderation.reports import SqlReportRepository
from bot.storage.moderation.reviews import SqlReviewRepository
from bot.storage.moderation.terms import SqlTermRepository
from bot.storage.personal.erasing import SqlErasureRepository
from bot.storage.personal.rows import SqlDepartureRepository, SqlPersonalDataRepository
from bot.storage.quotas.ledger import SqlLedger
from bot.storage.quotas.quotas import SqlQuotaRepository
from bot.storage.quotas.waiting_changes import SqlWaitingChangeRepository
from bot.storage.rounds.examples import SqlExampleRepository
from bot.storage.rounds.rounds import SqlRoundRepository
from bot.storage.schedule.schedule import SqlScheduleRepository
from bot.storage.starboard.starboard import SqlStarboardRepository
from bot.storage.statistics.statistics import SqlStatisticsRepository
from bot.storage.votes.held_votes import SqlHeldVoteRepository
from bot.storage.votes.leaderboards import SqlLeaderboardRepository
from bot.storage.votes.liked_pictures import SqlLikedPictureRepository
from bot.storage.votes.server_styles import SqlServerStyleRepository
from bot.storage.votes.style_merging import SqlStyleMergeRepository
from bot.storage.votes.style_references import SqlStyleReferenceRepository
from bot.storage.votes.taking_part import SqlTakingPartRepository
from bot.storage.votes.votes import SqlVoteRepository

_Repository = TypeVar("_Repository")


class _Made(Generic[_Repository]):
    """A repository on its transaction's connection, made when it is first asked for."""

    def __init__(self, make: Callable[[AsyncConnection], _Repository]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, owner: "type[SqlTransaction]", name: str) -> None:
        self._name = name

    def __get__(self, transaction: "SqlTransaction", owner: "type[SqlTransaction]") -> _Repository:
        made = self._make(transaction.connection)
        # Found before this descriptor from now on.
        transaction.__dict__[self._name] = made
        return made


class SqlTransaction:
    """The repositories on one connection, which is in a transaction.

    Few of them are used in one transaction, and there are forty.
    """

    jobs = _Made(SqlJobRepository)
    cooldowns = _Made(SqlCooldownRepository)
    ledger = _Made(SqlLedger)
    favourites = _Made(SqlFavouriteRepository)
    reports = _Made(SqlReportRepository)
    markers = _Made(SqlMarkerRepository)
    library = _Made(SqlLibraryRepository)
    page_states = _Made(SqlPageStateRepository)
    preferences = _Made(SqlPreferenceRepository)
    pending = _Made(SqlPendingRequestRepository)
    statistics = _Made(SqlStatisticsRepository)
    quotas = _Made(SqlQuotaRepository)
    votes = _Made(SqlVoteRepository)
    held_votes = _Made(SqlHeldVoteRepository)
    styles = _Made(SqlServerStyleRepository)
    merges = _Made(SqlStyleMergeRepository)
    taking_part = _Made(SqlTakingPartRepository)
    leaderboards = _Made(SqlLeaderboardRepository)
    style_references = _Made(SqlStyleReferenceRepository)
    style_insight = _Made(SqlStyleInsightRepository)
    liked_pictures = _Made(SqlLikedPictureRepository)
    waiting_changes = _Made(SqlWaitingChangeRepository)
    channel_policies = _Made(SqlChannelPolicyRepository)
    terms = _Made(SqlTermRepository)
    audit = _Made(SqlAuditRepository)
    reviews = _Made(SqlReviewRepository)
    battles = _Made(SqlBattleRepository)
    starboard = _Made(SqlStarboardRepository)
    contests = _Made(SqlContestRepository)
    erasures = _Made(SqlErasureRepository)
    departures = _Made(SqlDepartureRepository)
    personal_data = _Made(SqlPersonalDataRepository)
    log_channels = _Made(SqlLogChannelRepository)
    schedule = _Made(SqlScheduleRepository)
    rounds = _Made(SqlRoundRepository)
    examples = _Made(SqlExampleRepository)
    conduct = _Made(SqlConductRepository)
    cases = _Made(SqlCaseRepository)

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        new_account_key: Callable[[], AccountKey],
        now: Callable[[], datetime],
    ) -> None:
        self.connection = connection
        self._new_account_key = new_account_key
        self._now = now

    @cached_property
    def members(self) -> SqlMemberRepository:
        """Members' accounts."""
        return SqlMemberRepository(
            self.connection, new_account_key=self._new_account_key, now=self._now
        )

    @cached_property
    def notices(self) -> SqlNoticeRepository:
        """What waits to be told."""
        return SqlNoticeRepository(self.connection, now=self._now)

    @cached_property
    def conduct_notices(self) -> SqlConductNoticeRepository:
        """What waits to be told of members' conduct."""
        return SqlConductNoticeRepository(self.connection, now=self._now)
