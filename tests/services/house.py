"""The services on a real SQLite database, with a painter and a messenger that a test directs."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.gate.policy import PolicySnapshot, SafetySignals
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, ModelId, UserId
from bot.domain.jobs.admission import AdmissionLimits
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.job import Job, JobState, MessageAddress, ReplyAddress
from bot.domain.jobs.painting import Painting
from bot.domain.jobs.schedule import WorkKind
from bot.domain.models.image_model import (
    ImageModel,
    ModelKind,
    PixelSizing,
    PriceList,
    Quality,
    RatioSizing,
    TierSizing,
)
from bot.domain.models.pricing import ExtraPrices
from bot.domain.moderation.review import ReviewCase
from bot.domain.money import UsdMicros
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.domain.quotas.server_quota import Allowance
from bot.domain.tools.recipes import BlendRecipe, EditRecipe, ToolRecipe
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
from bot.services.moderation.ports import Striker
from bot.services.moderation.review_desk import ReviewDesk
from bot.services.moderation.review_ports import HeldPicture, ReviewTrouble
from bot.services.moderation.reviews import ReviewService
from bot.services.ports import (
    DeliveryDelayedError,
    JobResult,
    ProgressReport,
    UndeliverableError,
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

ROOMY = AdmissionLimits(jobs=1_000, jobs_of_member=1_000)

PENNY = UsdMicros(10_000)

PIXEL_MODEL = ImageModel(
    id=ModelId("z-image-turbo"),
    name="Z-Image Turbo",
    kind=ModelKind.GENERATE,
    sizing=PixelSizing(8),
    prompt_limit=1_500,
    prices=PriceList(flat=PENNY),
)
RATIO_MODEL = replace(
    PIXEL_MODEL,
    id=ModelId("flux-2-pro"),
    name="Flux 2 Pro",
    sizing=RatioSizing(("1:1", "16:9"), "1:1"),
    prices=PriceList(flat=UsdMicros(30_000)),
)
TIER_MODEL = replace(
    PIXEL_MODEL,
    id=ModelId("gpt-image-2"),
    name="GPT Image 2",
    sizing=TierSizing(("1:1", "3:2"), ("1K", "2K"), "1:1", "1K"),
    qualities=(Quality.LOW, Quality.HIGH),
    default_quality=Quality.HIGH,
    prices=PriceList(
        by_tier_and_quality=MappingProxyType(
            {
                ("1K", Quality.LOW): UsdMicros(20_000),
                ("1K", Quality.HIGH): UsdMicros(260_000),
                ("2K", Quality.LOW): UsdMicros(30_000),
                ("2K", Quality.HIGH): UsdMicros(500_000),
            }
        )
    ),
)
UNPRICED_MODEL = replace(PIXEL_MODEL, id=ModelId("mystery"), name="Mystery", prices=PriceList())
OFFLINE_MODEL = replace(PIXEL_MODEL, id=ModelId("z-image-old"), name="Z-Image Old", offline=True)

EDIT_MODEL = ImageModel(
    id=ModelId("flux-2-max-edit"),
    name="Flux 2 Max",
    kind=ModelKind.EDIT,
    sizing=RatioSizing(("auto", "1:1", "16:9")),
    prompt_limit=3_000,
    prices=PriceList(flat=UsdMicros(120_000), additional_input_image=UsdMicros(34_500)),
    max_input_images=6,
)
SINGLE_EDIT_MODEL = replace(
    EDIT_MODEL,
    id=ModelId("luma-uni-1-edit"),
    name="Luma Uni-1",
    prices=PriceList(flat=UsdMicros(60_000)),
    max_input_images=1,
)
UNCENSORED_EDIT_MODEL = replace(
    EDIT_MODEL,
    id=ModelId("qwen-edit-uncensored"),
    name="Qwen Edit Uncensored",
    prices=PriceList(),
    uncensored=True,
)
UPSCALER = ImageModel(
    id=ModelId("upscaler"),
    name="Upscaler",
    kind=ModelKind.UPSCALE,
    sizing=None,
    prompt_limit=1_500,
    prices=PriceList(
        upscale_by_scale=MappingProxyType({2: UsdMicros(20_000), 4: UsdMicros(80_000)})
    ),
)
CUTTER = replace(
    UPSCALER,
    id=ModelId("bria-bg-remover"),
    name="Background Remover",
    kind=ModelKind.CUTOUT,
    prices=PriceList(flat=UsdMicros(30_000)),
)


@dataclass
class ShelfCatalogue:
    """A catalogue of a few models."""

    all_models: tuple[ImageModel, ...] = (
        PIXEL_MODEL,
        RATIO_MODEL,
        TIER_MODEL,
        UNPRICED_MODEL,
        OFFLINE_MODEL,
    )
    missing_noted: int = 0

    def models(self) -> tuple[ImageModel, ...]:
        return tuple(model for model in self.all_models if not model.offline)

    def find(self, name: str) -> ImageModel | None:
        return next((model for model in self.all_models if model.id == name), None)

    def default(self) -> ImageModel | None:
        return self.all_models[0] if self.all_models else None

    def styles(self) -> tuple[str, ...]:
        return ("3D Model", "Watercolor", "Film Noir")

    def note_missing_model(self) -> None:
        self.missing_noted += 1


class PlainBody:
    """A few bytes that stand for a picture."""

    content_type = "image/webp"

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.closed = False

    @property
    def size_bytes(self) -> int:
        return len(self._content)

    async def save_to(self, path: Path) -> str:
        path.write_bytes(self._content)
        return hashlib.sha256(self._content).hexdigest()

    async def read(self) -> bytes:
        return self._content

    async def aclose(self) -> None:
        self.closed = True


def painting(seed: int, signals: SafetySignals | None = None) -> Painting:
    return Painting(
        body=PlainBody(f"picture {seed}".encode()),
        signals=signals or SafetySignals(blurred=False, content_violation=False),
        request_id=f"request-{seed}",
        duration_ms=1_200,
    )


Paint = Callable[[int], Awaitable[Painting]]


async def paint_well(seed: int) -> Painting:
    return painting(seed)


def failing(
    reason: FailureReason, billing: Billing = Billing.NOT_BILLED, detail: str | None = None
) -> Paint:
    async def fail(_seed: int) -> Painting:
        raise PaintingError(ImageFailure(reason, billing, detail))

    return fail


@dataclass
class DirectedPainter:
    """Paints as the test says, and remembers what it was asked."""

    paint_one: Paint = paint_well
    orders: list[tuple[Recipe, int]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def paint(
        self, recipe: Recipe, *, seed: int, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        self.orders.append((recipe, seed))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await before_send()
            return await self.paint_one(seed)
        finally:
            self.at_once -= 1


Retouch = Callable[[ToolRecipe], Awaitable[Painting]]


async def retouch_well(recipe: ToolRecipe) -> Painting:
    """What has no safe mode gives no signals."""
    has_signals = isinstance(recipe, EditRecipe | BlendRecipe)
    found_nothing = SafetySignals(blurred=False, content_violation=False)
    return painting(0, found_nothing if has_signals else SafetySignals())


@dataclass
class DirectedRetoucher:
    """Works on pictures as the test says, and remembers what it was asked."""

    retouch_one: Retouch = retouch_well
    orders: list[ToolRecipe] = field(default_factory=list)

    async def retouch(
        self, recipe: ToolRecipe, *, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        self.orders.append(recipe)
        await before_send()
        return await self.retouch_one(recipe)


@dataclass
class ToolShelf:
    """A catalogue of a few models for tools."""

    editors: tuple[ImageModel, ...] = (EDIT_MODEL, SINGLE_EDIT_MODEL, UNCENSORED_EDIT_MODEL)
    larger: ImageModel | None = UPSCALER
    cutter: ImageModel | None = CUTTER

    def edit_models(self) -> tuple[ImageModel, ...]:
        return self.editors

    def find_edit_model(self, name: str) -> ImageModel | None:
        return next((model for model in self.editors if model.id == name), None)

    def upscaler(self) -> ImageModel | None:
        return self.larger

    def cutout_model(self) -> ImageModel | None:
        return self.cutter


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
        in_hand = JobsInHand()
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
            pool=WorkerPool(
                storage=database,
                run_job=runner.run,
                bell=bell,
                in_hand=in_hand,
                clock=clock,
                size=concurrency,
                most_running=most_running,
                owner="test",
            ),
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
