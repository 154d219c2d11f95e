"""Which database a URL means, and by which driver it is spoken to."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.storage.errors import UnsupportedDatabase

_SQLITE = "sqlite+aiosqlite"
_POSTGRESQL = "postgresql+psycopg"
_DRIVERS = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}


def parse_url(text: str) -> URL:
    """Read a database URL; `sqlite://` and `postgres://` get the drivers that the bot uses.

    Raises:
        UnsupportedDatabase: if it is no URL, or of another database, or SQLite without a file.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # The text may hold a password, and so may the error's message.
        raise UnsupportedDatabase("the database URL cannot be read") from error
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        takes = ", ".join(sorted(set(_DRIVERS.values())))
        raise UnsupportedDatabase(f"{url.drivername} is not a database the bot uses ({takes})")
    url = url.set(drivername=driver)
    if is_sqlite(url) and url.database in {None, "", ":memory:"}:
        raise UnsupportedDatabase("an SQLite database needs a file: readers are connections apart")
    return url


def is_sqlite(url: URL) -> bool:
    """Whether the URL is of an SQLite file."""
    return url.drivername == _SQLITE


def sqlite_path(url: URL) -> Path:
    """The file of an SQLite database."""
    return Path(url.database or "")
