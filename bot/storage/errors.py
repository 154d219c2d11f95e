"""What stops the database from being used, in words for the operator.

StorageError
├── UnsupportedDatabase    the URL names no database that the bot can use
├── DatabaseUnavailable    it cannot be reached, or does not answer in time
│   └── DatabaseRefuses    … and what was asked of it has certainly not been done
├── DatabaseInUse          another process has the same SQLite file
├── SchemaTooNew           a newer version of the bot has written it
└── CopyRefused            a backup, or its return, would be wrong or would destroy something
"""

from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import RecordsOutOfReach


class StorageError(Exception):
    """The root of what the storage raises of its own accord."""


class UnsupportedDatabase(StorageError):
    """The URL names no database that the bot can use."""


class DatabaseUnavailable(StorageError):
    """The database cannot be reached, or does not answer in time.

    Attributes:
        url: the database's URL without its password.
        cause: what happened.
    """

    def __init__(self, url: URL, cause: Exception) -> None:
        self.url = url.render_as_string(hide_password=True)
        self.cause = cause
        super().__init__(f"the database at {self.url} is not available: {_told(cause)}")


class DatabaseRefuses(DatabaseUnavailable, RecordsOutOfReach):
    """The database cannot be used, and what was asked of it has certainly not been done.

    No transaction began, or SQLite has rolled it back: the file is locked, cannot be written, or
    its disk is full or broken.
    """


class DatabaseInUse(StorageError):
    """Another process has the same SQLite file open.

    Attributes:
        path: the SQLite file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} is in use by another process; stop it first, or use PostgreSQL to run several"
        )


class SchemaTooNew(StorageError):
    """The database is at a revision that this version of the bot does not know.

    Attributes:
        found: the database's revision.
        known: the newest revision of the code.
    """

    def __init__(self, *, found: str, known: str) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"the database is newer than the code: it is at revision {found}, "
            f"the code knows up to {known}; start the version that wrote it, or a later one"
        )


class CopyRefused(StorageError):
    """A backup cannot be made or put back; the message is one sentence for the operator."""


def _told(cause: Exception) -> str:
    """The driver's own words, without the statement that SQLAlchemy adds to them."""
    if isinstance(cause, DBAPIError):
        return f"{cause.orig}".strip()
    return f"{cause}" or type(cause).__name__
