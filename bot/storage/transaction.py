"""A transaction: the repositories of every subject on one connection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class SqlTransaction:
    """The repositories on one connection, which is in a transaction."""

    jobs: SqlJobRepository
    cooldowns: SqlCooldownRepository
    ledger: SqlLedger
    members: SqlMemberRepository
    notices: SqlNoticeRepository
    favourites: SqlFavouriteRepository
    reports: SqlReportRepository
    markers: SqlMarkerRepository
    library: SqlLibraryRepository
    page_states: SqlPageStateRepository
    preferences: SqlPreferenceRepository
    pending: SqlPendingRequestRepository
    statistics: SqlStatisticsRepository
    quotas: SqlQuotaRepository
    votes: SqlVoteRepository
    held_votes: SqlHeldVoteRepository
    styles: SqlServerStyleRepository
    merges: SqlStyleMergeRepository
    taking_part: SqlTakingPartRepository
    leaderboards: SqlLeaderboardRepository
    style_references: SqlStyleReferenceRepository
    style_insight: SqlStyleInsightRepository
    liked_pictures: SqlLikedPictureRepository
    waiting_changes: SqlWaitingChangeRepository
    channel_policies: SqlChannelPolicyRepository
    terms: SqlTermRepository
    audit: SqlAuditRepository
    reviews: SqlReviewRepository
    battles: SqlBattleRepository
    starboard: SqlStarboardRepository
    contests: SqlContestRepository
    erasures: SqlErasureRepository
    departures: SqlDepartureRepository
    personal_data: SqlPersonalDataRepository
    log_channels: SqlLogChannelRepository
    schedule: SqlScheduleRepository
    rounds: SqlRoundRepository
    examples: SqlExampleRepository
    conduct: SqlConductRepository
    conduct_notices: SqlConductNoticeRepository
    cases: SqlCaseRepository


def transaction_on(
    connection: AsyncConnection,
    *,
    new_account_key: Callable[[], AccountKey],
    now: Callable[[], datetime],
) -> SqlTransaction:
    """The repositories on a connection that is in a transaction."""
    return SqlTransaction(
        jobs=SqlJobRepository(connection),
        cooldowns=SqlCooldownRepository(connection),
        ledger=SqlLedger(connection),
        members=SqlMemberRepository(connection, new_account_key=new_account_key, now=now),
        notices=SqlNoticeRepository(connection, now=now),
        favourites=SqlFavouriteRepository(connection),
        reports=SqlReportRepository(connection),
        markers=SqlMarkerRepository(connection),
        library=SqlLibraryRepository(connection),
        page_states=SqlPageStateRepository(connection),
        preferences=SqlPreferenceRepository(connection),
        pending=SqlPendingRequestRepository(connection),
        statistics=SqlStatisticsRepository(connection),
        quotas=SqlQuotaRepository(connection),
        votes=SqlVoteRepository(connection),
        held_votes=SqlHeldVoteRepository(connection),
        styles=SqlServerStyleRepository(connection),
        merges=SqlStyleMergeRepository(connection),
        taking_part=SqlTakingPartRepository(connection),
        leaderboards=SqlLeaderboardRepository(connection),
        style_references=SqlStyleReferenceRepository(connection),
        style_insight=SqlStyleInsightRepository(connection),
        liked_pictures=SqlLikedPictureRepository(connection),
        waiting_changes=SqlWaitingChangeRepository(connection),
        channel_policies=SqlChannelPolicyRepository(connection),
        terms=SqlTermRepository(connection),
        audit=SqlAuditRepository(connection),
        reviews=SqlReviewRepository(connection),
        battles=SqlBattleRepository(connection),
        starboard=SqlStarboardRepository(connection),
        contests=SqlContestRepository(connection),
        erasures=SqlErasureRepository(connection),
        departures=SqlDepartureRepository(connection),
        personal_data=SqlPersonalDataRepository(connection),
        log_channels=SqlLogChannelRepository(connection),
        schedule=SqlScheduleRepository(connection),
        rounds=SqlRoundRepository(connection),
        examples=SqlExampleRepository(connection),
        conduct=SqlConductRepository(connection),
        conduct_notices=SqlConductNoticeRepository(connection, now=now),
        cases=SqlCaseRepository(connection),
    )
