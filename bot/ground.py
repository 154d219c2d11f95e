"""What the services stand on: storage, the image API and the way to Discord."""

import contextlib
import os
import secrets
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from bot.backend import open_backend
from bot.media.picture_store import PictureStore
from bot.media.thumbnails import ThumbnailStore
from bot.services.policies import OperatorPolicies
from bot.services.ports import Painter
from bot.services.preferences import PreferenceBook
from bot.services.work_bell import WorkBell
from bot.settings import Settings
from bot.storage.database import Database
from bot.ui.connection import ClientConnection
from bot.ui.messenger import DiscordMessenger
from bot.venice import Catalogue, SystemClock
from bot.venice.single_model import SingleModelCatalogue

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
    preferences: PreferenceBook
    painter: Painter
    catalogue: Catalogue | SingleModelCatalogue
    policies: OperatorPolicies
    connection: ClientConnection
    messenger: DiscordMessenger
    bell: WorkBell
    process_name: str


@contextlib.asynccontextmanager
async def open_ground(settings: Settings, clock: SystemClock) -> AsyncIterator[Ground]:
    """Open the database, the folders and the API client; close them at the end.

    Raises:
        StorageError: if the database cannot be used.
        BackendError: if the settings name no image backend that can be used.
    """
    async with (
        Database.open(settings.database_url) as database,
        open_backend(settings, clock) as backend,
    ):
        await _take_over_orphans(database, clock)
        pictures = PictureStore(
            settings.data_dir / "images", limit_bytes=settings.image_store_mb * BYTES_PER_MB
        )
        await pictures.open()
        preferences = PreferenceBook(database)
        await preferences.load()
        connection = ClientConnection()
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
            preferences=preferences,
            painter=backend.painter,
            catalogue=backend.catalogue,
            policies=OperatorPolicies(settings.guilds_allowed),
            connection=connection,
            messenger=DiscordMessenger(connection, clock),
            bell=WorkBell(),
            process_name=_process_name(),
        )


async def _take_over_orphans(database: Database, clock: SystemClock) -> None:
    """Where this is the only process, every claimed job was left by one that is gone."""
    if not database.is_sole_process:
        return
    async with database.write() as tx:
        orphans = await tx.jobs.expire_leases(now=clock.now())
    if orphans:
        log.info("jobs_taken_over", count=orphans)


def _process_name() -> str:
    """A name for this process as the owner of jobs, different at every start."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
