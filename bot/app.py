"""The one place where the house is built: every part is made here and handed what it needs."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from bot.client import Gondola
from bot.ground import Ground, open_ground
from bot.ops.alerts import AlertDesk
from bot.services.accounts import DailyLimits
from bot.services.cancelling import CancelService
from bot.services.command_sync import CommandTreeMemory
from bot.services.defaults import DefaultsService
from bot.services.deletion import DeletionService
from bot.services.delivery import DeliveryService
from bot.services.details import DetailsService
from bot.services.feedback import FeedbackService
from bot.services.generation import GenerationService
from bot.services.help import HelpService
from bot.services.housekeeping import Housekeeping
from bot.services.job_runner import JobRunner
from bot.services.library import LibraryService
from bot.services.notices import NoticeService
from bot.services.pages import PageBook
from bot.services.presets import PresetService
from bot.services.presses import Presses
from bot.services.progress_board import ProgressBoard
from bot.services.quota import QuotaService
from bot.services.recipes import RecipeBook
from bot.services.redo import RedoService
from bot.services.results import ResultReader
from bot.services.services import ResultServices, Services
from bot.services.sharing import SharingService
from bot.services.showroom import Showroom
from bot.services.suggestions import Suggestions
from bot.services.wishes import WishReader
from bot.services.worker_pool import WorkerPool
from bot.settings import Settings
from bot.storage.database import Database
from bot.text.surprises import SURPRISES
from bot.ui.operator import OperatorMessages
from bot.venice import Catalogue, SystemClock
from bot.venice.single_model import SingleModelCatalogue

log = structlog.get_logger(__name__)

DRAIN_S = 25.0
"""How long running jobs may take to end once the bot is told to stop."""


@dataclass(frozen=True, slots=True)
class App:
    """A built bot, not yet connected to Discord. Its workers run already."""

    client: Gondola[Services]
    services: Services
    pool: WorkerPool
    board: ProgressBoard
    catalogue: Catalogue | SingleModelCatalogue
    database: Database
    working: asyncio.Task[None]

    def stop_accepting(self) -> None:
        """Refuse new requests and take no further jobs; those that run go on."""
        self.services.generation.stop_accepting()
        self.pool.drain()

    async def drained(self) -> None:
        """Wait until the running jobs have ended, for at most 25 s, then interrupt the rest.

        What is interrupted goes on at the next start, from where its record says it is.
        """
        await asyncio.wait([self.working], timeout=DRAIN_S)
        if not self.working.done():
            log.warning("jobs_interrupted", running=self.pool.running)
            self.working.cancel()
            await asyncio.wait([self.working])


@dataclass(frozen=True, slots=True)
class _Workshop:
    """What brings a job to its end."""

    board: ProgressBoard
    delivery: DeliveryService
    runner: JobRunner
    pool: WorkerPool


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings, *, clock: SystemClock | None = None, shard_count: int | None = None
) -> AsyncIterator[App]:
    """Build the bot and start its workers; at the end, let running jobs finish, then stop.

    The workers start before the client and outside its tasks, so that they outlive its
    connection. What they paint waits until the client has logged in.

    Raises:
        StorageError: if the database cannot be used.
    """
    async with open_ground(settings, clock or SystemClock()) as ground:
        workshop = _workshop(ground)
        services = _services(ground, workshop)
        client = Gondola(
            services=services,
            connection=ground.connection,
            tree_memory=CommandTreeMemory(ground.database),
            shard_count=shard_count,
        )
        housekeeping = Housekeeping(
            storage=ground.database,
            pictures=ground.pictures,
            thumbnails=ground.thumbnails,
            clock=ground.clock,
        )
        async with _attended() as group:
            others = [
                group.create_task(ground.catalogue.keep_fresh(), name="catalogue"),
                group.create_task(housekeeping.run(), name="housekeeping"),
                group.create_task(workshop.board.run(), name="progress"),
            ]
            if not ground.database.is_sole_process:
                fresh = ground.preferences.keep_fresh(ground.clock)
                others.append(group.create_task(fresh, name="preferences"))
            working = group.create_task(workshop.pool.run(), name="worker-pool")
            app = App(
                client=client,
                services=services,
                pool=workshop.pool,
                board=workshop.board,
                catalogue=ground.catalogue,
                database=ground.database,
                working=working,
            )
            try:
                yield app
            finally:
                app.stop_accepting()
                await app.drained()
                for task in others:
                    task.cancel()


@contextlib.asynccontextmanager
async def _attended() -> AsyncIterator[asyncio.TaskGroup]:
    """A task group that raises a single failure as itself, so that callers can tell it."""
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except BaseExceptionGroup as failures:
        if len(failures.exceptions) > 1:
            raise
        raise failures.exceptions[0] from None


def _workshop(ground: Ground) -> _Workshop:
    board = ProgressBoard(
        storage=ground.database,
        messenger=ground.messenger,
        pictures=ground.pictures,
        policies=ground.policies,
        clock=ground.clock,
        at_once=ground.settings.max_concurrent_generations,
    )
    delivery = DeliveryService(
        storage=ground.database,
        messenger=ground.messenger,
        pictures=ground.pictures,
        policies=ground.policies,
        board=board,
        clock=ground.clock,
    )
    runner = JobRunner(
        storage=ground.database,
        painter=ground.painter,
        pictures=ground.pictures,
        policies=ground.policies,
        catalogue=ground.catalogue,
        delivery=delivery,
        alerts=AlertDesk(ground.clock, _operator(ground)),
        board=board,
        clock=ground.clock,
        concurrency=ground.settings.max_concurrent_generations,
    )
    pool = WorkerPool(
        storage=ground.database,
        run_job=runner.run,
        bell=ground.bell,
        clock=ground.clock,
        size=ground.settings.max_concurrent_generations,
        owner=ground.process_name,
    )
    return _Workshop(board, delivery, runner, pool)


def _operator(ground: Ground) -> OperatorMessages:
    return OperatorMessages(
        ground.connection, channel=ground.settings.alert_channel, owners=ground.settings.owners
    )


def _services(ground: Ground, workshop: _Workshop) -> Services:
    recipes = RecipeBook(ground.catalogue, default_model=ground.settings.default_model)
    limits = DailyLimits(
        images_per_member=ground.settings.daily_images_per_user,
        usd_micros_per_server=ground.settings.server_usd_micros_per_day,
        usd_micros_of_bot=ground.settings.bot_usd_micros_per_day,
    )
    wishes = WishReader(ground.preferences, recipes)
    generation = GenerationService(
        recipes=recipes,
        wishes=wishes,
        policies=ground.policies,
        limits=limits,
        storage=ground.database,
        clock=ground.clock,
        board=workshop.board,
        bell=ground.bell,
    )
    quota = QuotaService(storage=ground.database, limits=limits, clock=ground.clock)
    pages = PageBook(ground.clock)
    return Services(
        generation=generation,
        suggestions=Suggestions(ground.catalogue, recipes),
        quota=quota,
        notices=NoticeService(ground.database),
        cancelling=CancelService(
            storage=ground.database,
            delivery=workshop.delivery,
            clock=ground.clock,
            owner=ground.process_name,
        ),
        results=_result_services(ground, generation),
        library=LibraryService(
            storage=ground.database,
            policies=ground.policies,
            thumbnails=ground.thumbnails,
            pages=pages,
        ),
        showroom=Showroom(
            storage=ground.database,
            catalogue=ground.catalogue,
            policies=ground.policies,
            pages=pages,
        ),
        presets=PresetService(ground.preferences, wishes, generation),
        defaults=DefaultsService(ground.preferences, wishes, generation),
        help=HelpService(
            quota=quota,
            policies=ground.policies,
            catalogue=ground.catalogue,
            surprises=SURPRISES,
            draw=secrets.choice,
        ),
    )


def _result_services(ground: Ground, generation: GenerationService) -> ResultServices:
    storage, pictures, clock = ground.database, ground.pictures, ground.clock
    reader = ResultReader(storage)
    return ResultServices(
        reader=reader,
        redo=RedoService(reader, generation),
        sharing=SharingService(
            storage=storage,
            pictures=pictures,
            policies=ground.policies,
            clock=clock,
            bell=ground.bell,
        ),
        deletion=DeletionService(storage=storage, pictures=pictures, clock=clock),
        feedback=FeedbackService(storage=storage, clock=clock),
        details=DetailsService(storage),
        presses=Presses(clock),
    )
