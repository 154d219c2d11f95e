"""What the cogs are handed."""

from dataclasses import dataclass

from bot.services.asking.confirming import ConfirmingService
from bot.services.asking.generation import GenerationService
from bot.services.asking.presses import Presses
from bot.services.asking.proposals import Proposer
from bot.services.asking.redo import RedoService
from bot.services.asking.suggestions import Suggestions
from bot.services.battles.battles import BattleService
from bot.services.battles.votes import BattleVoteService
from bot.services.conduct.conduct import ConductService
from bot.services.contests.contests import ContestService
from bot.services.gate.channel_policies import ChannelPolicyService
from bot.services.gate.explaining import ExplainingService
from bot.services.insight.style_insight import StyleInsightService
from bot.services.jobs.cancelling import CancelService
from bot.services.jobs.notices import NoticeService
from bot.services.library.help import HelpService
from bot.services.library.library import LibraryService
from bot.services.library.showroom import Showroom
from bot.services.moderation.audit_reader import AuditReader
from bot.services.moderation.log_desk import LogDesk
from bot.services.moderation.report_cases import ReportCases
from bot.services.moderation.report_desk import ReportDesk
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.moderation.reviews import ReviewService
from bot.services.moderation.term_lists import TermListService
from bot.services.preferences.defaults import DefaultsService
from bot.services.preferences.presets import PresetService
from bot.services.privacy.departures import DepartureService
from bot.services.privacy.erasing import ErasureService
from bot.services.privacy.exporting import ExportService
from bot.services.quotas.limit_book import LimitBook
from bot.services.quotas.management import QuotaManagement
from bot.services.quotas.quota import QuotaService
from bot.services.quotas.spending_report import SpendingReportService
from bot.services.results.deletion import DeletionService
from bot.services.results.details import DetailsService
from bot.services.results.feedback import FeedbackService
from bot.services.results.originals import OriginalsService
from bot.services.results.results import ResultReader
from bot.services.results.sharing import SharingService
from bot.services.rounds.rounds import RoundServices
from bot.services.starboard.starboards import StarboardService
from bot.services.statistics.ports import ChartStudio
from bot.services.statistics.statistics import StatisticsService
from bot.services.styles.board_pictures import BoardPictures
from bot.services.styles.leaderboards import LeaderboardService
from bot.services.styles.looks import StyleLooks
from bot.services.styles.merging import StyleMerger
from bot.services.styles.own_pictures import OwnPictures
from bot.services.styles.references import StyleReferences
from bot.services.styles.styles import StyleService
from bot.services.tools.input_pictures import InputPictures
from bot.services.tools.offers import Offers
from bot.services.tools.picture_ports import SmallerCopies
from bot.services.tools.tools import ToolService
from bot.services.votes.explaining import VoteExplainer
from bot.services.votes.held_votes import HeldVoteService
from bot.services.votes.taking_part import TakingPartDesk
from bot.services.votes.votes import VoteService
from bot.services.votes.withdrawal import VoteWithdrawal


@dataclass(frozen=True, slots=True)
class ResultServices:
    """What the buttons under a result call."""

    reader: ResultReader
    redo: RedoService
    sharing: SharingService
    deletion: DeletionService
    feedback: FeedbackService
    details: DetailsService
    originals: OriginalsService
    presses: Presses


@dataclass(frozen=True, slots=True)
class ModerationServices:
    """What moderators' commands call."""

    channels: ChannelPolicyService
    terms: TermListService
    audit: AuditReader
    reviews: ReviewService
    review_desk: ReviewDesk
    copies: SmallerCopies
    log: LogDesk
    explaining: ExplainingService
    conduct: ConductService
    cases: ReportCases


@dataclass(frozen=True, slots=True)
class CommunityServices:
    """What members decide together."""

    votes: VoteService
    styles: StyleService
    style_merger: StyleMerger
    taking_part: TakingPartDesk
    style_looks: StyleLooks
    style_references: StyleReferences
    own_pictures: OwnPictures
    leaderboards: LeaderboardService
    style_insight: StyleInsightService
    board_pictures: BoardPictures
    held_votes: HeldVoteService
    vote_withdrawal: VoteWithdrawal
    vote_explainer: VoteExplainer
    rounds: RoundServices
    battles: BattleService
    battle_votes: BattleVoteService
    starboards: StarboardService
    contests: ContestService


@dataclass(frozen=True, slots=True)
class PrivacyServices:
    """What is stored of members and servers, and how it goes; `page_url` tells more of it."""

    page_url: str | None
    exporting: ExportService
    erasing: ErasureService
    departures: DepartureService


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that commands and buttons call."""

    generation: GenerationService
    proposer: Proposer
    confirming: ConfirmingService
    tools: ToolService
    suggestions: Suggestions
    quota: QuotaService
    limits: LimitBook
    quota_management: QuotaManagement
    notices: NoticeService
    cancelling: CancelService
    results: ResultServices
    report_desk: ReportDesk
    library: LibraryService
    showroom: Showroom
    statistics: StatisticsService
    spending: SpendingReportService
    charts: ChartStudio
    presets: PresetService
    defaults: DefaultsService
    help: HelpService
    inputs: InputPictures
    offers: Offers
    moderation: ModerationServices
    community: CommunityServices
    privacy: PrivacyServices
