"""The services on a real SQLite database, with a painter and a messenger that a test directs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.domain.asking.request import ImageRequest
from bot.domain.ids import ChannelId, GuildId, MessageId, UserId
from bot.domain.jobs.admission import AdmissionLimits
from bot.domain.jobs.job import Job, ReplyAddress
from bot.domain.jobs.schedule import WorkKind
from bot.domain.models.pricing import ExtraPrices
from bot.domain.quotas.server_quota import Allowance
from bot.media.picture_gauge import PictureGauge
from bot.media.picture_store import PictureStore
from bot.media.strips import StripMaker
from bot.media.thumbnails import ThumbnailStore
from bot.services.asking.admission import Admission
from bot.services.asking.confirming import ConfirmingService
from bot.services.asking.generation import GenerationService
from bot.services.asking.intake import Intake
from bot.services.asking.plans import Place
from bot.services.asking.presses import Presses
from bot.services.asking.proposals import Proposer
from bot.services.asking.recipes import RecipeBook
from bot.services.asking.redo import RedoService
from bot.services.asking.suggestions import Suggestions
from bot.services.asking.wishes import WishReader
from bot.services.conduct.book import ConductBook
from bot.services.conduct.striking import StrikeDesk
from bot.services.gate.log import GateLog
from bot.services.insight.style_sorting import StyleSorter
from bot.services.jobs.cancelling import CancelService
from bot.services.jobs.delivery import DeliveryService
from bot.services.jobs.in_hand import JobsInHand
from bot.services.jobs.notices import NoticeService
from bot.services.jobs.observation import JobObserver
from bot.services.jobs.progress_board import ProgressBoard
from bot.services.jobs.runner import JobRunner
from bot.services.jobs.work_bell import WorkBell
from bot.services.jobs.worker_pool import WorkerPool
from bot.services.library.library import LibraryService
from bot.services.library.pages import PageBook
from bot.services.library.showroom import Showroom
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.moderation.reviews import ReviewService
from bot.services.ports import (
    JobResult,
)
from bot.services.preferences.defaults import DefaultsService
from bot.services.preferences.preferences import PreferenceBook
from bot.services.preferences.presets import PresetService
from bot.services.quotas.accounts import OperatorLimits
from bot.services.quotas.budget_watch import BudgetWatch
from bot.services.quotas.limit_book import LimitBook
from bot.services.quotas.quota import QuotaService
from bot.services.quotas.treasury import Treasury
from bot.services.results.deletion import DeletionService
from bot.services.results.details import DetailsService
from bot.services.results.feedback import FeedbackService
from bot.services.results.originals import OriginalsService
from bot.services.results.results import ResultReader
from bot.services.results.sharing import SharingService
from bot.services.schedule.errands import Errands
from bot.services.schedule.housekeeping import Housekeeping
from bot.services.schedule.scheduler import Scheduler
from bot.services.services import ResultServices
from bot.services.styles.book import StyleBook
from bot.services.styles.examples import StyleExampleView
from bot.services.tools.book import ToolBook
from bot.services.tools.tools import ToolService
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.prepared import prepared_sqlite
from tests.services.models import ShelfCatalogue
from tests.services.painters import DirectedPainter, DirectedRetoucher, ToolShelf
from tests.services.recording import (
    MovablePolicies,
    RecordingAlerts,
    RecordingManagers,
    RecordingMessenger,
    RecordingReviewMessenger,
    RecordingStriker,
)

ROOMY = AdmissionLimits(jobs=1_000, jobs_of_member=1_000)


@dataclass
class House:
    """All services and what they stand on."""

    clock: FakeClock
    database: Database
    pictures: PictureStore
    catalogue: ShelfCatalogue
    painter: DirectedPainter
    retoucher: DirectedRetoucher
    tool_shelf: ToolShelf
    messenger: RecordingMessenger
    policies: MovablePolicies
    alerts: RecordingAlerts
    generation: GenerationService
    proposer: Proposer
    confirming: ConfirmingService
    tools: ToolService
    suggestions: Suggestions
    quota: QuotaService
    limits: LimitBook
    watch: BudgetWatch
    managers: RecordingManagers
    moderators: RecordingReviewMessenger
    striker: RecordingStriker
    review_desk: ReviewDesk
    reviews: ReviewService
    scheduler: Scheduler
    notices: NoticeService
    runner: JobRunner
    pool: WorkerPool
    housekeeping: Housekeeping
    board: ProgressBoard
    bell: WorkBell
    cancelling: CancelService
    results: ResultServices
    preferences: PreferenceBook
    styles: StyleBook
    presets: PresetService
    defaults: DefaultsService
    library: LibraryService
    showroom: Showroom
    gate_log: GateLog

    async def ask(self, place: Place, *, key: str = "interaction-1", **request: object) -> Job:
        """A member asks, as the cog does."""
        plan = self.generation.plan(make_request(**request), place)
        return await self.generation.accept(plan, reply=make_reply(self.clock), idempotency_key=key)

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """The worker pool at work."""
        task = asyncio.create_task(self.pool.run())
        try:
            yield
        finally:
            self.pool.drain()
            await task

    async def finish(self) -> None:
        """Let the workers do all there is to do; there may be more of it later."""
        task = asyncio.create_task(self.pool.run())
        try:
            await self.pool.idle()
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def images_used(self, place: Place) -> int:
        """How many images a member has used today, as `/quota` says."""
        return (await self.quota.status(place.spender)).lines[0].used

    async def job(self, job: Job) -> Job:
        """The job as the database has it."""
        async with self.database.read() as tx:
            found = await tx.jobs.get(job.id)
        assert found is not None
        return found


def make_request(**overrides: object) -> ImageRequest:
    return replace(ImageRequest(prompt="a red fox at dawn"), **overrides)  # type: ignore[arg-type] # fields by name


def make_place(**overrides: object) -> Place:
    place = Place(
        user_id=UserId(7), guild_id=GuildId(70), channel_id=ChannelId(700), locale="en-US"
    )
    return replace(place, **overrides)  # type: ignore[arg-type] # fields by name


def make_reply(clock: FakeClock) -> ReplyAddress:
    return ReplyAddress(
        application_id=1,
        token="interaction-token",
        message_id=MessageId(11),
        expires_at=clock.now() + timedelta(minutes=15),
    )


def make_limits(
    *,
    images: int | None = 25,
    server_usd_micros: int | None = None,
    bot_usd_micros: int | None = None,
) -> OperatorLimits:
    return OperatorLimits(
        images_per_member=images,
        server=Allowance(day=server_usd_micros),
        bot=Allowance(day=bot_usd_micros),
    )


def counter(start: int = 1) -> Callable[[], str]:
    numbers = iter(range(start, 1_000_000))
    return lambda: f"id-{next(numbers):06}"


@contextlib.asynccontextmanager
async def open_house(
    folder: Path,
    *,
    limits: OperatorLimits | None = None,
    concurrency: int = 4,
    first_seed: int = 1_000,
    messenger: RecordingMessenger | None = None,
    painter: DirectedPainter | None = None,
    first_id: int = 1,
    clock: FakeClock | None = None,
    observer: JobObserver | None = None,
    admission: AdmissionLimits = ROOMY,
    most_running: int = 64,
) -> AsyncIterator[House]:
    """A house in a folder; opened again in the same one, it is the bot after a restart."""
    clock = clock or FakeClock()
    limits = limits or make_limits()
    catalogue, policies = ShelfCatalogue(), MovablePolicies()
    painter, messenger = painter or DirectedPainter(), messenger or RecordingMessenger()
    retoucher, tool_shelf = DirectedRetoucher(), ToolShelf()
    alerts, bell = RecordingAlerts(), WorkBell()
    pictures = PictureStore(folder / "images", limit_bytes=1_000_000)
    await pictures.open()
    recipes = RecipeBook(catalogue, default_model=None)
    async with Database.open(prepared_sqlite(folder / "gondola.db")) as database:
        conduct = ConductBook(database, clock)
        await conduct.load()
        striker = RecordingStriker(StrikeDesk(conduct, clock))
        gate_log = GateLog(storage=database, clock=clock)
        board = ProgressBoard(
            storage=database,
            messenger=messenger,
            pictures=pictures,
            policies=policies,
            clock=clock,
            at_once=concurrency,
        )
        moderators = RecordingReviewMessenger()
        desk = ReviewDesk(storage=database, pictures=pictures, messenger=moderators, clock=clock)
        reviews = ReviewService(
            storage=database,
            policies=policies,
            pictures=pictures,
            desk=desk,
            striker=striker,
            bell=bell,
            clock=clock,
        )
        delivery = DeliveryService(
            storage=database,
            messenger=messenger,
            pictures=pictures,
            policies=policies,
            board=board,
            desk=desk,
            striker=striker,
            clock=clock,
            gate_log=gate_log,
            observer=observer,
        )
        runner = JobRunner(
            storage=database,
            painter=painter,
            retoucher=retoucher,
            pictures=pictures,
            policies=policies,
            catalogue=catalogue,
            delivery=delivery,
            alerts=alerts,
            board=board,
            clock=clock,
            gate_log=gate_log,
            concurrency=concurrency,
            observer=observer,
        )
        in_hand = JobsInHand()
        pool = WorkerPool(
            storage=database,
            run_job=runner.run,
            bell=bell,
            in_hand=in_hand,
            clock=clock,
            size=concurrency,
            most_running=most_running,
            owner="test",
        )
        book, managers = LimitBook(database, limits, clock), RecordingManagers()
        await book.load()
        watch = BudgetWatch(storage=database, managers=managers, operator=alerts)
        preferences = PreferenceBook(database)
        await preferences.load()
        styles = StyleBook(database)
        await styles.load()
        wishes = WishReader(preferences, recipes, styles)
        thumbnails = ThumbnailStore(
            folder / "thumbnails", path_of=pictures.path_of, limit_bytes=1_000_000
        )
        pages = PageBook(clock)
        treasury = Treasury(book=book, catalogue=catalogue, watch=watch, clock=clock)
        intake = Intake(
            treasury=treasury,
            policies=policies,
            storage=database,
            clock=clock,
            admission=Admission(admission, clock=clock),
            board=board,
            bell=bell,
            workers=pool,
            draw_seed=lambda: first_seed,
            draw_id=counter(first_id),
        )
        generation = GenerationService(
            recipes=recipes,
            wishes=wishes,
            policies=policies,
            treasury=treasury,
            extras=ExtraPrices(),
            intake=intake,
            gate_log=gate_log,
        )
        proposer = Proposer(wishes=wishes, recipes=recipes, generation=generation)
        quota = QuotaService(storage=database, book=book, clock=clock)
        cancelling = CancelService(
            storage=database, delivery=delivery, in_hand=in_hand, clock=clock, owner="test"
        )
        reader = ResultReader(database)
        tools = ToolService(
            book=ToolBook(catalogue, tool_shelf),
            catalogue=tool_shelf,
            reader=reader,
            gauge=PictureGauge(pictures.path_of),
            wishes=wishes,
            policies=policies,
            treasury=treasury,
            intake=intake,
            gate_log=gate_log,
        )
        yield House(
            clock=clock,
            database=database,
            pictures=pictures,
            catalogue=catalogue,
            painter=painter,
            retoucher=retoucher,
            tool_shelf=tool_shelf,
            messenger=messenger,
            policies=policies,
            alerts=alerts,
            generation=generation,
            proposer=proposer,
            confirming=ConfirmingService(
                storage=database,
                generation=generation,
                quota=quota,
                cancelling=cancelling,
                clock=clock,
            ),
            tools=tools,
            suggestions=Suggestions(catalogue, recipes, wishes, styles),
            quota=quota,
            limits=book,
            watch=watch,
            managers=managers,
            moderators=moderators,
            striker=striker,
            review_desk=desk,
            reviews=reviews,
            scheduler=Scheduler(
                storage=database,
                clock=clock,
                handlers={
                    WorkKind.REVIEW_POSTED: desk.post,
                    WorkKind.REVIEW_EXPIRES: reviews.expire,
                },
            ),
            notices=NoticeService(database, clock),
            runner=runner,
            pool=pool,
            housekeeping=Housekeeping(
                storage=database,
                pictures=pictures,
                thumbnails=thumbnails,
                limits=book,
                sorter=StyleSorter(storage=database, styles=styles),
                clock=clock,
                audit_kept_for=timedelta(days=180),
            ),
            board=board,
            bell=bell,
            cancelling=cancelling,
            results=ResultServices(
                reader=reader,
                redo=RedoService(reader, generation=generation, proposer=proposer, tools=tools),
                sharing=SharingService(
                    storage=database,
                    pictures=pictures,
                    policies=policies,
                    clock=clock,
                    bell=bell,
                    gate_log=gate_log,
                ),
                deletion=DeletionService(
                    storage=database, pictures=pictures, desk=desk, clock=clock
                ),
                feedback=FeedbackService(
                    storage=database, clock=clock, errands=Errands(database, {})
                ),
                details=DetailsService(database),
                originals=OriginalsService(
                    storage=database, pictures=pictures, policies=policies, gate_log=gate_log
                ),
                presses=Presses(clock),
            ),
            preferences=preferences,
            styles=styles,
            presets=PresetService(preferences, wishes, proposer),
            defaults=DefaultsService(preferences, wishes, proposer),
            library=LibraryService(
                storage=database, policies=policies, thumbnails=thumbnails, pages=pages
            ),
            showroom=Showroom(
                styles=styles,
                storage=database,
                catalogue=catalogue,
                policies=policies,
                pages=pages,
                examples=StyleExampleView(
                    storage=database,
                    policies=policies,
                    styles=styles,
                    thumbnails=thumbnails,
                    strips=StripMaker(),
                ),
            ),
            gate_log=gate_log,
        )


def seeds_of(results: Iterable[JobResult]) -> list[int]:
    return [item.image.seed for result in results for item in result.shown]
