"""What is on this machine: settings, database, disk."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import Finding, Verdict
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.errors import DatabaseInUse, StorageError

BYTES_PER_MB = 1_000_000


def check_settings(settings: Settings) -> Finding:
    """The values were read already; what is left is whether the live bot can start with them."""
    missing = [
        name
        for name, value in (
            ("DISCORD_TOKEN", settings.discord_token),
            ("VENICE_API_KEY", settings.venice_api_key),
        )
        if value is None and not (name == "VENICE_API_KEY" and settings.image_backend == "openai")
    ]
    if missing:
        names = " and ".join(missing)
        return Finding("settings", Verdict.FAULT, f"{names} not set", "Set them in .env.")
    return Finding("settings", Verdict.OK, "read")


async def check_database(settings: Settings) -> Finding:
    """Open it as a start does, which brings its schema up to date, and write to it."""
    try:
        async with Database.open(settings.database_url) as database:
            async with database.write() as tx:
                await tx.markers.set("doctor", datetime.now(UTC).isoformat())
            async with database.read() as tx:
                wrong = await tx.ledger.wrong_balances()
            revision = database.migration.to_revision
    except DatabaseInUse as error:
        return Finding("database", Verdict.WARNING, f"{error}", "Nothing, if the bot is running.")
    except (StorageError, SQLAlchemyError, TimeoutError) as error:
        return Finding("database", Verdict.FAULT, f"{error}", "Look at DATABASE_URL.")
    if wrong:
        detail = f"{len(wrong)} balances are not the sums of their entries"
        return Finding("database", Verdict.FAULT, detail, "Restore the last good backup.")
    return Finding("database", Verdict.OK, f"opens, can be written, revision {revision}")


def check_disk(settings: Settings) -> Finding:
    """Whether the pictures that may be kept have room beside those that are."""
    try:
        free_mb = shutil.disk_usage(_existing(settings.data_dir)).free // BYTES_PER_MB
    except OSError as error:
        return Finding("disk", Verdict.FAULT, f"{error}", "Look at DATA_DIR.")
    detail = f"{free_mb:,} MB free for DATA_DIR"
    if free_mb < settings.image_store_mb:
        to_do = f"Make room, or lower IMAGE_STORE_MB ({settings.image_store_mb})."
        return Finding("disk", Verdict.WARNING, detail, to_do)
    return Finding("disk", Verdict.OK, detail)


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    absolute = path.absolute()
    return next(each for each in (absolute, *absolute.parents) if each.exists())
