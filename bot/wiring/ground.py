"""What the services stand on: storage, the image API and the way to Discord."""

import contextlib
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.domain.quotas.server_quota import Allowance
from bot.media.charts.studio import MatplotlibStudio
from bot.media.export_files import ExportFiles
from bot.media.fitting import PictureFitter
from bot.media.input_images import InputImages
from bot.media.picture_store import PictureStore
from bot.media.thumbnails import ThumbnailStore
from bot.services.conduct.book import ConductBook
from bot.services.gate.log import GateLog
from bot.services.gate.policy_book import PolicyBook
from bot.services.jobs.in_hand import JobsInHand
from bot.services.jobs.work_bell import WorkBell
from bot.services.ports import Painter
from bot.services.preferences.preferences import PreferenceBook
from bot.services.quotas.accounts import OperatorLimits
from bot.services.quotas.limit_book import LimitBook
from bot.services.styles.book import StyleBook
from bot.services.tools.input_pictures import InputPictures
from bot.services.tools.picture_ports import PictureFetcher
from bot.services.tools.ports import Retoucher, ToolCatalogue
from bot.services.votes.taking_part import TakingPartBook
from bot.settings import Settings
from bot.storage.database import Database
from bot.ui.client.channel_map import CachedChannels
from bot.ui.client.connection import ClientConnection
from bot.ui.moderation.member_messages import MemberMessages
from bot.ui.moderation.moderators import ModeratorMessages
from bot.ui.results.editor import DiscordResultEditor
from bot.ui.results.messenger import DiscordMessenger
from bot.ui.tools.attachment_fetcher import open_fetcher
from bot.venice import CallObserver, Catalogue, SystemClock
from bot.venice.single_model import SingleModelCatalogue
from bot.wiring.backend import open_backend

log = structlog.get_logger(__name__)

BYTES_PER_MB = 1_000_000
THUMBNAIL_SHARE = 8
"""Thumbnails may take an eighth of what pictures may, beside it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the services stand on."""

    settings: Settings
    clock: SystemClock
    database: Database
    pictures: PictureStore
    thumbnails: ThumbnailStore
    fitter: PictureFitter
    exports: ExportFiles
    charts: MatplotlibStudio
    inputs: InputPictures
    preferences: PreferenceBook
    limits: LimitBook
    styles: StyleBook
    taking_part: TakingPartBook
    painter: Painter
    retoucher: Retoucher
    catalogue: Catalogue | SingleModelCatalogue
    tokens: Callable[[], Mapping[str, int]]
    tools: ToolCatalogue
    policies: PolicyBook
    conduct: ConductBook
    connection: ClientConnection
    messenger: DiscordMessenger
    moderators: ModeratorMessages
    members: MemberMessages
    editor: DiscordResultEditor
    bell: WorkBell
    in_hand: JobsInHand
    gate_log: GateLog
    process_name: str


@contextlib.asynccontextmanager
async def open_ground(
    settings: Settings,
    clock: SystemClock,
    *,
    observer: CallObserver | None = None,
    fetcher: PictureFetcher | None = None,
) -> AsyncIterator[Ground]:
    """Open the database, the folders and the API client; close them at the end.

    Members' pictures are fetched from Discord's CDN, unless a `fetcher` takes its place.

    Raises:
        StorageError: if the database cannot be used.
        BackendError: if the settings name no image backend that can be used.
    """
    async with (
        Database.open(settings.database_url) as database,
        open_backend(settings, clock, observer) as backend,
        MatplotlibStudio(settings.data_dir / "matplotlib") as charts,
        open_fetcher() as from_discord,
    ):
        await _take_over_orphans(database, clock)
        pictures = PictureStore(
            settings.images_folder, limit_bytes=settings.image_store_mb * BYTES_PER_MB
        )
        await pictures.open()
        fitter = PictureFitter(settings.data_dir / "fitting")
        await fitter.open()
        exports = ExportFiles(settings.data_dir / "exports", path_of=pictures.path_of)
        await exports.open()
        preferences = PreferenceBook(database)
        await preferences.load()
        limits = LimitBook(database, _operator_limits(settings), clock)
        await limits.load()
        styles = StyleBook(database)
        await styles.load()
        taking_part = TakingPartBook(database)
        await taking_part.load()
        connection = ClientConnection()
        conduct = ConductBook(database, clock)
        await conduct.load()
        policies = PolicyBook(
            storage=database,
            channels=CachedChannels(connection),
            catalogue=backend.catalogue,
            allowed_guilds=settings.guilds_allowed,
            barred=conduct.barred,
        )
        await policies.load()
        yield Ground(
            settings=settings,
            clock=clock,
            database=database,
            pictures=pictures,
            thumbnails=ThumbnailStore(
                settings.data_dir / "thumbnails",
                path_of=pictures.path_of,
                limit_bytes=settings.image_store_mb * BYTES_PER_MB // THUMBNAIL_SHARE,
            ),
            fitter=fitter,
            exports=exports,
            charts=charts,
            inputs=InputPictures(
                fetcher=fetcher or from_discord,
                examiner=InputImages(),
                pictures=pictures,
                hosts=settings.discord_cdn_hosts,
            ),
            preferences=preferences,
            limits=limits,
            styles=styles,
            taking_part=taking_part,
            painter=backend.painter,
            retoucher=backend.retoucher,
            catalogue=backend.catalogue,
            tokens=backend.tokens,
            tools=backend.tools,
            policies=policies,
            conduct=conduct,
            connection=connection,
            messenger=DiscordMessenger(connection, clock, fitter),
            moderators=ModeratorMessages(connection, fitter),
            members=MemberMessages(connection),
            editor=DiscordResultEditor(connection, fitter),
            bell=WorkBell(),
            in_hand=JobsInHand(),
            gate_log=GateLog(storage=database, clock=clock),
            process_name=_process_name(),
        )


def _operator_limits(settings: Settings) -> OperatorLimits:
    return OperatorLimits(
        images_per_member=settings.daily_images_per_user,
        server=Allowance(
            day=settings.server_usd_micros_per_day, month=settings.server_usd_micros_per_month
        ),
        bot=Allowance(day=settings.bot_usd_micros_per_day, month=settings.bot_usd_micros_per_month),
    )


async def _take_over_orphans(database: Database, clock: SystemClock) -> None:
    """Where this is the only process, all claimed jobs and taken work were left by one now gone."""
    if not database.is_sole_process:
        return
    now = clock.now()
    async with database.write() as tx:
        orphans = await tx.jobs.expire_leases(now=now)
        begun = await tx.schedule.free_taken(now=now)
    if orphans or begun:
        log.info("work_taken_over", jobs=orphans, scheduled=begun)


def _process_name() -> str:
    """A name for this process as the owner of jobs, different at every start."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
