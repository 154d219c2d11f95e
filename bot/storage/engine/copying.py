"""Copying an SQLite database while the bot writes to it, and what a copy must not hold.

Plain `sqlite3`, because a copy is made by a process of its own, which has no event loop to keep
free and does not take the lock of the bot that runs.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.domain.jobs.job import OPEN_JOB_STATES
from bot.storage.engine.single_process import single_process
from bot.storage.engine.url import is_sqlite, parse_url, sqlite_path
from bot.storage.errors import CopyRefused

_BUSY_TIMEOUT_S = 30.0

_WAITING = ("pending_requests", "waiting_changes")
"""What waits for a word within minutes, with the tokens of the interactions that asked."""


def database_file(url: str) -> Path:
    """The SQLite file that a URL names.

    Raises:
        UnsupportedDatabase: if it is the URL of no database that the bot uses.
        CopyRefused: if it is PostgreSQL's, which has tools of its own.
    """
    parsed = parse_url(url)
    if not is_sqlite(parsed):
        raise CopyRefused(
            "the database is PostgreSQL: use pg_dump to back it up and pg_restore to put it back"
        )
    return sqlite_path(parsed)


def copy_database(source: Path, target: Path, *, claims: int) -> None:
    """Write a database as it is at one moment to a new file, in one piece, without what is secret.

    Interaction tokens, by which anybody could answer as the bot, are not in the copy, neither in
    its rows nor in the space that deleted rows left. Jobs that were open are marked as taken up
    `claims` times: a bot that starts from the copy gives them up, with their members refunded,
    because it cannot know which of them were painted and shown after the copy was made.

    Args:
        source: an SQLite file; others may write to it meanwhile.
        target: a file that does not exist.
        claims: how often a job is taken up before the bot gives it up.

    Raises:
        CopyRefused: if the source is no database of the bot's, or cannot be read.
        OSError: if the target cannot be written.
    """
    if not source.exists():
        raise CopyRefused(f"there is no database at {source}")
    with _told_as_refused(source), _open(source, mode="ro") as original, _new(target) as copy:
        # All pages in one step: one moment, and with a write-ahead log nobody waits for it.
        original.backup(copy)
        _check(copy, source)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(
            "UPDATE jobs SET reply_application_id = NULL, reply_token = NULL,"
            " reply_message_id = NULL, reply_expires_at = NULL WHERE reply_token IS NOT NULL"
        )
        if _has_column(copy, "jobs", "earlier_claims"):
            copy.execute("UPDATE jobs SET earlier_claims = 0")
        copy.executemany(
            "UPDATE jobs SET fence = max(fence, ?), owner = NULL, lease_until = NULL"
            " WHERE state = ?",
            [(claims, state) for state in OPEN_JOB_STATES],
        )
        for table in _WAITING:
            if _has_table(copy, table):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
        # Writes every page anew: what was deleted or overwritten is in none of them.
        copy.execute("VACUUM")


def put_back(copy: Path, target: Path) -> None:
    """Put a copy where the bot looks for its database.

    Raises:
        CopyRefused: if there is a database already, or the copy is none of the bot's.
        DatabaseInUse: if a bot runs there.
        OSError: if the target cannot be written.
    """
    if not copy.is_file():
        raise CopyRefused(f"there is no backup at {copy}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with single_process(target):
        for there in (target, target.with_name(f"{target.name}-wal")):
            # An old log beside a new file would be taken for its own.
            if there.exists():
                raise CopyRefused(f"there is {there}: a backup never replaces a database")
        incoming = target.with_name(f"{target.name}.incoming")
        incoming.unlink(missing_ok=True)
        with _told_as_refused(copy), _open(copy, mode="ro") as original, _new(incoming) as restored:
            original.backup(restored)
            _check(restored, copy)
        incoming.rename(target)


def pictures_named_in(copy: Path) -> frozenset[str]:
    """The hashes of the pictures that a database names."""
    with _told_as_refused(copy), _open(copy, mode="ro") as database:
        named = "SELECT picture_sha256 FROM images WHERE picture_sha256 IS NOT NULL"
        if _has_table(database, "job_inputs"):
            named += " UNION SELECT sha256 FROM job_inputs"
        if _has_table(database, "style_references"):
            named += " UNION SELECT sha256 FROM style_references"
        return frozenset(sha256 for (sha256,) in database.execute(named))


def _has_table(database: sqlite3.Connection, name: str) -> bool:
    """Databases of earlier versions have fewer."""
    found = database.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
    )
    return found.fetchone() is not None


def _has_column(database: sqlite3.Connection, table: str, name: str) -> bool:
    found = database.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, name))
    return found.fetchone() is not None


def _check(database: sqlite3.Connection, original: Path) -> None:
    """A damaged file is found now, not on the day that it is needed."""
    [(verdict,)] = database.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != "ok":
        raise CopyRefused(f"{original} is damaged: {verdict}")
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if not {"alembic_version", "jobs", "images"} <= tables:
        raise CopyRefused(f"{original} is no database of the bot's")


@contextlib.contextmanager
def _open(path: Path, *, mode: str) -> Iterator[sqlite3.Connection]:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    with contextlib.closing(connection):
        yield connection


@contextlib.contextmanager
def _new(path: Path) -> Iterator[sqlite3.Connection]:
    """A database in a new file, for its owner's eyes alone."""
    path.touch(mode=0o600, exist_ok=False)
    with _open(path, mode="rw") as connection:
        yield connection


@contextlib.contextmanager
def _told_as_refused(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CopyRefused(f"{path} cannot be copied: {error}") from error
