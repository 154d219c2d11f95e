"""`python -m bot backup` and `restore`: the database, and the pictures it names, in a folder."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.media.picture_copies import copy_pictures
from bot.services.jobs.runner import MAX_CLAIMS
from bot.settings import Settings
from bot.storage.engine.copying import copy_database, database_file, pictures_named_in, put_back
from bot.storage.errors import CopyRefused

DATABASE = "gondola.db"
PICTURES = "images"


def back_up(settings: Settings, folder: Path, *, pictures: bool) -> str:
    """Make a backup in a new folder, also while the bot runs; returns a line about it.

    The folder appears when it is whole: what was interrupted leaves none of that name.

    Raises:
        StorageError: if there is something there, or the database cannot be copied.
    """
    source = database_file(settings.database_url)
    if folder.exists():
        raise CopyRefused(f"{folder} is there already: a backup never replaces anything")
    with _told_in_words(folder), _appearing_whole(folder) as making:
        copy_database(source, making / DATABASE, claims=MAX_CLAIMS)
        copied = 0
        if pictures:
            named = pictures_named_in(making / DATABASE)
            copied = copy_pictures(settings.data_dir / PICTURES, making / PICTURES, named)
    return f"Backed up {source} to {folder}. Pictures copied: {copied}."


def restore(settings: Settings, folder: Path) -> str:
    """Put a backup where the settings say; returns a line about it. Replaces nothing.

    Raises:
        StorageError: if there is a database already, or the backup is none.
    """
    target = database_file(settings.database_url)
    with _told_in_words(target):
        put_back(folder / DATABASE, target)
        named = pictures_named_in(folder / DATABASE)
        copied = copy_pictures(folder / PICTURES, settings.data_dir / PICTURES, named)
    return f"Restored {target}. Pictures copied: {copied}. Start the bot as usual."


@contextlib.contextmanager
def _appearing_whole(folder: Path) -> Iterator[Path]:
    making = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    making.mkdir(parents=True, mode=0o700)
    try:
        yield making
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


@contextlib.contextmanager
def _told_in_words(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CopyRefused(f"{place} cannot be written: {reason}") from error
