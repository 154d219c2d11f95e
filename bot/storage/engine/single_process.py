"""The lock that keeps a second process off an SQLite file.

SQLite itself would let it in; the bot's own assumptions (all open jobs at the start are
orphans, policies are answered from memory) would not hold.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.errors import DatabaseInUse

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_path_of(path: Path) -> Path:
    """The lock file that stands next to an SQLite file."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def single_process(path: Path) -> Iterator[None]:
    """Hold the lock of an SQLite file; the system lets go of it when the process dies.

    The lock file stays: removing it would let two processes lock two files of one name.

    Raises:
        DatabaseInUse: if another process, or another part of this one, holds it.
        OSError: if the lock file cannot be made.
    """
    descriptor = os.open(lock_path_of(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            raise DatabaseInUse(path) from error
        yield
    finally:
        os.close(descriptor)
