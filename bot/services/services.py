"""What the cogs are handed."""

from dataclasses import dataclass

from bot.services.audit_reader import AuditReader
from bot.services.battle_votes import BattleVoteService
from bot.services.battles import BattleService
from bot.services.cancelling import CancelService
from bot.services.channel_policies import ChannelPolicyService
from bot.services.conduct import ConductService
from bot.services.confirming import ConfirmingService
from bot.services.contests import ContestService
from bot.services.defaults import DefaultsService
from bot.services.deletion import DeletionService
from bot.services.departures import DepartureService
from bot.services.details import DetailsService
from bot.services.erasing import ErasureService
from bot.services.explaining import ExplainingService
from bot.services.exporting import ExportService
from bot.services.feedback import FeedbackService
from bot.services.generation import GenerationService
from bot.services.held_votes import HeldVoteService
from bot.services.help import HelpService
from bot.services.input_pictures import InputPictures
from bot.services.leaderboards import LeaderboardService
from bot.services.library import LibraryService
from bot.services.limit_book import LimitBook
from bot.services.log_desk import LogDesk
from bot.services.notices import NoticeService
from bot.services.offers import Offers
from bot.services.originals import OriginalsService
from bot.services.picture_ports import SmallerCopies
from bot.services.presets import PresetService
from bot.services.presses import Presses
from bot.services.proposals import Proposer
from bot.services.quota import QuotaService
from bot.services.quota_management import QuotaManagement
from bot.services.redo import RedoService
from bot.services.report_cases import ReportCases
from bot.services.report_desk import ReportDesk
from bot.services.results import ResultReader
from bot.services.review_desk import ReviewDesk
from bot.services.reviews import ReviewService
from bot.services.rounds import RoundServices
from bot.services.sharing import SharingService
from bot.services.showroom import Showroom
from bot.services.spending_report import SpendingReportService
from bot.services.starboards import StarboardService
from bot.services.statistics import StatisticsService
from bot.services.statistics_ports import ChartStudio
from bot.services.styles import StyleService
from bot.services.suggestions import Suggestions
from bot.services.term_lists import TermListService
from bot.services.tools import ToolService
from bot.services.vote_explaining import VoteExplainer
from bot.services.vote_withdrawal import VoteWithdrawal
from bot.services.votes import VoteService


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
    leaderboards: LeaderboardService
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
