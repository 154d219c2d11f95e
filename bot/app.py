"""The one place where the house is built: every part is made here and handed what it needs."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.client import Gondola
from bot.media.picture_gauge import PictureGauge
from bot.media.strips import StripMaker
from bot.services.asking.admission import Admission
from bot.services.asking.confirming import ConfirmingService
from bot.services.asking.generation import GenerationService
from bot.services.asking.intake import Intake
from bot.services.asking.proposals import Proposer
from bot.services.asking.recipes import RecipeBook
from bot.services.asking.redo import RedoService
from bot.services.asking.suggestions import Suggestions
from bot.services.asking.wishes import WishReader
from bot.services.command_sync import CommandTreeMemory
from bot.services.insight.style_sorting import StyleSorter
from bot.services.jobs.cancelling import CancelService
from bot.services.jobs.notices import NoticeService
from bot.services.jobs.progress_board import ProgressBoard
from bot.services.jobs.worker_pool import WorkerPool
from bot.services.library.help import HelpService
from bot.services.library.library import LibraryService
from bot.services.library.pages import PageBook
from bot.services.library.showroom import Showroom
from bot.services.moderation.report_desk import ReportDesk
from bot.services.preferences.defaults import DefaultsService
from bot.services.preferences.presets import PresetService
from bot.services.quotas.management import quota_management
from bot.services.quotas.quota import QuotaService
from bot.services.quotas.spending_report import SpendingReportService
from bot.services.quotas.treasury import Treasury
from bot.services.results.results import ResultReader
from bot.services.schedule.housekeeping import Housekeeping
from bot.services.schedule.scheduler import Scheduler
from bot.services.services import Services
from bot.services.statistics.statistics import StatisticsService
from bot.services.styles.examples import StyleExampleView
from bot.services.tools.book import ToolBook
from bot.services.tools.offers import Offers
from bot.services.tools.picture_ports import PictureFetcher
from bot.services.tools.tools import ToolService
from bot.services.votes.board import VoteBoard
from bot.settings import Settings
from bot.storage.database import Database
from bot.text.asking.surprises import SURPRISES
from bot.venice import Catalogue, SystemClock
from bot.venice.single_model import SingleModelCatalogue
from bot.wiring.community import build_community, open_vote_board
from bot.wiring.ground import Ground, open_ground
from bot.wiring.handling import build_result_services
from bot.wiring.moderating import build_moderation
from bot.wiring.privacy import build_privacy
from bot.wiring.reviewing import Reviewing, build_reviewing
from bot.wiring.watch import Watch
from bot.wiring.workshop import Workshop, admission_limits, build_workshop

log = structlog.get_logger(__name__)

DRAIN_S = 25.0
"""How long running jobs may take to end once the bot is told to stop."""


@dataclass(frozen=True, slots=True)
class App:
    """A built bot, not yet connected to Discord. Its workers run already."""

    client: Gondola[Services]
    services: Services
    scheduler: Scheduler
    pool: WorkerPool
    board: ProgressBoard
    vote_board: VoteBoard
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


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    clock: SystemClock | None = None,
    shard_count: int | None = None,
    fetcher: PictureFetcher | None = None,
) -> AsyncIterator[App]:
    """Build the bot and start its workers; at the end, let running jobs finish, then stop.

    The workers start before the client and outside its tasks, so that they outlive its
    connection. What they paint waits until the client has logged in.

    Raises:
        StorageError: if the database cannot be used.
        PortUnavailable: if health and metrics cannot be served where the settings say.
    """
    clock = clock or SystemClock()
    watch = Watch(settings, clock)
    async with open_ground(settings, clock, observer=watch.calls, fetcher=fetcher) as ground:
        reviewing = build_reviewing(ground)
        workshop = build_workshop(ground, watch.jobs, reviewing)
        vote_board = open_vote_board(ground)
        house = _house(ground, workshop, vote_board, reviewing)
        client = Gondola(
            services=house.services,
            connection=ground.connection,
            tree_memory=CommandTreeMemory(ground.database),
            shard_count=shard_count,
            watch=watch.interactions,
        )
        housekeeping = Housekeeping(
            storage=ground.database,
            pictures=ground.pictures,
            thumbnails=ground.thumbnails,
            limits=ground.limits,
            sorter=StyleSorter(storage=ground.database, styles=ground.styles),
            clock=ground.clock,
            audit_kept_for=timedelta(days=settings.audit_days),
        )
        if ground.database.is_sole_process:
            await housekeeping.remove_unrecorded(older_than_s=0)
        async with watch.kept_on(ground, client), _attended() as group:
            others = [
                group.create_task(watch.measure_lag(), name="loop-lag"),
                group.create_task(ground.catalogue.keep_fresh(), name="catalogue"),
                group.create_task(housekeeping.run(), name="housekeeping"),
                group.create_task(ground.pictures.keep_synced(), name="pictures"),
                group.create_task(workshop.board.run(), name="progress"),
                group.create_task(workshop.budgets.run(), name="budgets"),
                group.create_task(vote_board.run(), name="votes"),
                group.create_task(house.scheduler.run(), name="schedule"),
                group.create_task(house.services.moderation.log.run(), name="log"),
            ]
            if not ground.database.is_sole_process:
                kept_fresh = {
                    "preferences": ground.preferences.keep_fresh(ground.clock),
                    "limits": ground.limits.keep_fresh(),
                    "styles": ground.styles.keep_fresh(ground.clock),
                    "taking-part": ground.taking_part.keep_fresh(ground.clock),
                    "policies": ground.policies.keep_fresh(ground.clock),
                    "conduct": ground.conduct.keep_fresh(),
                }
                others += [group.create_task(work, name=name) for name, work in kept_fresh.items()]
            working = group.create_task(workshop.pool.run(), name="worker-pool")
            app = App(
                client=client,
                services=house.services,
                scheduler=house.scheduler,
                pool=workshop.pool,
                board=workshop.board,
                vote_board=vote_board,
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
                await asyncio.wait(others)
                await ground.gate_log.write_last()


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


@dataclass(frozen=True, slots=True)
class _House:
    services: Services
    scheduler: Scheduler


def _house(
    ground: Ground, workshop: Workshop, vote_board: VoteBoard, reviewing: Reviewing
) -> _House:
    recipes = RecipeBook(ground.catalogue, default_model=ground.settings.default_model)
    wishes = WishReader(ground.preferences, recipes, ground.styles)
    treasury = Treasury(
        book=ground.limits,
        catalogue=ground.catalogue,
        watch=workshop.budgets,
        clock=ground.clock,
    )
    intake = Intake(
        treasury=treasury,
        policies=ground.policies,
        storage=ground.database,
        clock=ground.clock,
        admission=Admission(admission_limits(ground.settings), clock=ground.clock),
        board=workshop.board,
        bell=ground.bell,
        workers=workshop.pool,
    )
    generation = GenerationService(
        recipes=recipes,
        wishes=wishes,
        policies=ground.policies,
        treasury=treasury,
        extras=ground.settings.extra_prices,
        intake=intake,
        gate_log=ground.gate_log,
    )
    proposer = Proposer(wishes=wishes, recipes=recipes, generation=generation)
    reader = ResultReader(ground.database)
    tools = ToolService(
        book=ToolBook(ground.catalogue, ground.tools),
        catalogue=ground.tools,
        reader=reader,
        gauge=PictureGauge(ground.pictures.path_of),
        wishes=wishes,
        policies=ground.policies,
        treasury=treasury,
        intake=intake,
        gate_log=ground.gate_log,
    )
    redo = RedoService(reader, generation=generation, proposer=proposer, tools=tools)
    quota = QuotaService(storage=ground.database, book=ground.limits, clock=ground.clock)
    cancelling = CancelService(
        storage=ground.database,
        delivery=workshop.delivery,
        in_hand=ground.in_hand,
        clock=ground.clock,
        owner=ground.process_name,
    )
    pages = PageBook(ground.clock)
    community = build_community(ground, workshop.arena, vote_board, proposer, generation)
    moderation = build_moderation(
        ground, recipes, quota, cancelling=cancelling, board=vote_board, reviewing=reviewing
    )
    privacy = build_privacy(ground, cancelling, vote_board)
    scheduler = Scheduler(
        storage=ground.database,
        clock=ground.clock,
        handlers={**community.handlers, **moderation.handlers, **privacy.handlers},
    )
    services = Services(
        generation=generation,
        proposer=proposer,
        confirming=ConfirmingService(
            storage=ground.database,
            generation=generation,
            quota=quota,
            cancelling=cancelling,
            clock=ground.clock,
        ),
        tools=tools,
        suggestions=Suggestions(ground.catalogue, recipes, wishes, ground.styles),
        quota=quota,
        limits=ground.limits,
        quota_management=quota_management(
            storage=ground.database, book=ground.limits, quota=quota, clock=ground.clock
        ),
        notices=NoticeService(ground.database, ground.clock),
        cancelling=cancelling,
        results=build_result_services(
            ground, reader, redo, errands=moderation.errands, desk=reviewing.desk
        ),
        report_desk=ReportDesk(
            storage=ground.database,
            pictures=ground.pictures,
            moderators=ground.moderators,
            clock=ground.clock,
        ),
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
            styles=ground.styles,
            examples=StyleExampleView(
                storage=ground.database,
                policies=ground.policies,
                styles=ground.styles,
                thumbnails=ground.thumbnails,
                strips=StripMaker(),
            ),
        ),
        statistics=StatisticsService(
            storage=ground.database,
            catalogue=ground.catalogue,
            clock=ground.clock,
            zone_of=lambda guild_id: ground.limits.quota_of(guild_id).zone,
        ),
        spending=SpendingReportService(storage=ground.database, catalogue=ground.catalogue),
        charts=ground.charts,
        presets=PresetService(ground.preferences, wishes, proposer),
        defaults=DefaultsService(ground.preferences, wishes, proposer),
        help=HelpService(
            quota=quota,
            policies=ground.policies,
            catalogue=ground.catalogue,
            surprises=SURPRISES,
            draw=secrets.choice,
        ),
        inputs=ground.inputs,
        offers=Offers(ground.clock),
        moderation=moderation.services,
        community=community.services,
        privacy=privacy.services,
    )
    return _House(services, scheduler)
