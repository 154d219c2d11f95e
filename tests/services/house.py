"""The services on a real SQLite database, with a painter and a messenger that a test directs."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from bot.domain.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.ids import ChannelId, GuildId, MessageId, ModelId, UserId
from bot.domain.image_model import (
    ImageModel,
    ModelKind,
    PixelSizing,
    PriceList,
    Quality,
    RatioSizing,
    TierSizing,
)
from bot.domain.job import Job, MessageAddress, ReplyAddress
from bot.domain.money import UsdMicros
from bot.domain.painting import Painting
from bot.domain.policy import PolicySnapshot, SafetySignals
from bot.domain.request import ImageRequest, Recipe
from bot.media.picture_store import PictureStore
from bot.media.thumbnails import ThumbnailStore
from bot.services.accounts import DailyLimits
from bot.services.cancelling import CancelService
from bot.services.defaults import DefaultsService
from bot.services.deletion import DeletionService
from bot.services.delivery import DeliveryService
from bot.services.details import DetailsService
from bot.services.feedback import FeedbackService
from bot.services.generation import GenerationService, Place
from bot.services.housekeeping import Housekeeping
from bot.services.job_runner import JobRunner
from bot.services.library import LibraryService
from bot.services.notices import NoticeService
from bot.services.pages import PageBook
from bot.services.ports import (
    DeliveryDelayedError,
    JobResult,
    ProgressReport,
    UndeliverableError,
)
from bot.services.preferences import PreferenceBook
from bot.services.presets import PresetService
from bot.services.presses import Presses
from bot.services.progress_board import ProgressBoard
from bot.services.quota import QuotaService
from bot.services.recipes import RecipeBook
from bot.services.redo import RedoService
from bot.services.results import ResultReader
from bot.services.services import ResultServices
from bot.services.sharing import SharingService
from bot.services.showroom import Showroom
from bot.services.suggestions import Suggestions
from bot.services.wishes import WishReader
from bot.services.work_bell import WorkBell
from bot.services.worker_pool import WorkerPool
from bot.storage.database import Database
from tests.clock import FakeClock

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


@dataclass
class RecordingMessenger:
    """Keeps what it was told to show; `reachable` False is a member who cannot be reached."""

    reachable: bool = True
    failures_to_come: int = 0
    shown: list[JobResult] = field(default_factory=list)
    progress: list[ProgressReport] = field(default_factory=list)
    called: list[Job] = field(default_factory=list)

    async def show_progress(self, report: ProgressReport) -> None:
        self.progress.append(report)

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


@dataclass
class MovablePolicies:
    """The same policy everywhere, which a test may change."""

    policy: PolicySnapshot = field(default_factory=PolicySnapshot)

    def of_place(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicySnapshot:
        del guild_id, channel_id
        return self.policy


@dataclass
class RecordingAlerts:
    """Keeps what the operator was told."""

    failures: list[ImageFailure] = field(default_factory=list)

    async def painting_failed(self, job: Job, failure: ImageFailure) -> None:
        del job
        self.failures.append(failure)


@dataclass
class House:
    """All services and what they stand on."""

    clock: FakeClock
    database: Database
    pictures: PictureStore
    catalogue: ShelfCatalogue
    painter: DirectedPainter
    messenger: RecordingMessenger
    policies: MovablePolicies
    alerts: RecordingAlerts
    generation: GenerationService
    suggestions: Suggestions
    quota: QuotaService
    notices: NoticeService
    runner: JobRunner
    pool: WorkerPool
    housekeeping: Housekeeping
    board: ProgressBoard
    bell: WorkBell
    cancelling: CancelService
    results: ResultServices
    preferences: PreferenceBook
    presets: PresetService
    defaults: DefaultsService
    library: LibraryService
    showroom: Showroom

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
) -> DailyLimits:
    return DailyLimits(
        images_per_member=images,
        usd_micros_per_server=_micros(server_usd_micros),
        usd_micros_of_bot=_micros(bot_usd_micros),
    )


def _micros(amount: int | None) -> UsdMicros | None:
    return None if amount is None else UsdMicros(amount)


def counter(start: int = 1) -> Callable[[], str]:
    numbers = iter(range(start, 1_000_000))
    return lambda: f"id-{next(numbers):06}"


@contextlib.asynccontextmanager
async def open_house(
    folder: Path,
    *,
    limits: DailyLimits | None = None,
    concurrency: int = 4,
    first_seed: int = 1_000,
    messenger: RecordingMessenger | None = None,
    painter: DirectedPainter | None = None,
    first_id: int = 1,
    clock: FakeClock | None = None,
) -> AsyncIterator[House]:
    """A house in a folder; opened again in the same one, it is the bot after a restart."""
    clock = clock or FakeClock()
    limits = limits or make_limits()
    catalogue, policies = ShelfCatalogue(), MovablePolicies()
    painter, messenger = painter or DirectedPainter(), messenger or RecordingMessenger()
    alerts, bell = RecordingAlerts(), WorkBell()
    pictures = PictureStore(folder / "images", limit_bytes=1_000_000)
    await pictures.open()
    recipes = RecipeBook(catalogue, default_model=None)
    async with Database.open(f"sqlite+aiosqlite:///{folder / 'gondola.db'}") as database:
        board = ProgressBoard(
            storage=database,
            messenger=messenger,
            pictures=pictures,
            policies=policies,
            clock=clock,
            at_once=concurrency,
        )
        delivery = DeliveryService(
            storage=database,
            messenger=messenger,
            pictures=pictures,
            policies=policies,
            board=board,
            clock=clock,
        )
        runner = JobRunner(
            storage=database,
            painter=painter,
            pictures=pictures,
            policies=policies,
            catalogue=catalogue,
            delivery=delivery,
            alerts=alerts,
            board=board,
            clock=clock,
            concurrency=concurrency,
        )
        preferences = PreferenceBook(database)
        await preferences.load()
        wishes = WishReader(preferences, recipes)
        thumbnails = ThumbnailStore(
            folder / "thumbnails", path_of=pictures.path_of, limit_bytes=1_000_000
        )
        pages = PageBook(clock)
        generation = GenerationService(
            recipes=recipes,
            wishes=wishes,
            policies=policies,
            limits=limits,
            storage=database,
            clock=clock,
            board=board,
            bell=bell,
            draw_seed=lambda: first_seed,
            draw_id=counter(first_id),
        )
        reader = ResultReader(database)
        yield House(
            clock=clock,
            database=database,
            pictures=pictures,
            catalogue=catalogue,
            painter=painter,
            messenger=messenger,
            policies=policies,
            alerts=alerts,
            generation=generation,
            suggestions=Suggestions(catalogue, recipes),
            quota=QuotaService(storage=database, limits=limits, clock=clock),
            notices=NoticeService(database),
            runner=runner,
            pool=WorkerPool(
                storage=database,
                run_job=runner.run,
                bell=bell,
                clock=clock,
                size=concurrency,
                owner="test",
            ),
            housekeeping=Housekeeping(
                storage=database, pictures=pictures, thumbnails=thumbnails, clock=clock
            ),
            board=board,
            bell=bell,
            cancelling=CancelService(
                storage=database, delivery=delivery, clock=clock, owner="test"
            ),
            results=ResultServices(
                reader=reader,
                redo=RedoService(reader, generation),
                sharing=SharingService(
                    storage=database,
                    pictures=pictures,
                    policies=policies,
                    clock=clock,
                    bell=bell,
                ),
                deletion=DeletionService(storage=database, pictures=pictures, clock=clock),
                feedback=FeedbackService(storage=database, clock=clock),
                details=DetailsService(database),
                presses=Presses(clock),
            ),
            preferences=preferences,
            presets=PresetService(preferences, wishes, generation),
            defaults=DefaultsService(preferences, wishes, generation),
            library=LibraryService(
                storage=database, policies=policies, thumbnails=thumbnails, pages=pages
            ),
            showroom=Showroom(
                storage=database, catalogue=catalogue, policies=policies, pages=pages
            ),
        )


def seeds_of(results: Iterable[JobResult]) -> list[int]:
    return [item.image.seed for result in results for item in result.shown]
