import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.engine.single_process import lock_path_of, single_process
from bot.storage.errors import DatabaseInUse

ROOT = Path(__file__).resolve().parents[2]

HOLD = """
import sys
from pathlib import Path
from bot.storage.engine.single_process import single_process
with single_process(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process_with(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the lock until its input is closed or it is killed."""
    with subprocess.Popen(  # noqa: S603 # the test's own words
        [sys.executable, "-c", HOLD, f"{path}"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gondola.db"


async def test_a_second_process_on_the_same_file_is_refused(path: Path) -> None:
    told = r"gondola\.db is in use by another process"
    with another_process_with(path), pytest.raises(DatabaseInUse, match=told):
        async with Database.open(f"sqlite:///{path}"):
            pass


def test_the_lock_is_free_again_when_its_process_is_killed(path: Path) -> None:
    with another_process_with(path) as process:
        process.kill()
        process.wait(timeout=10)
        with single_process(path):
            assert lock_path_of(path).exists()


async def test_a_file_is_opened_once_in_a_process_too(path: Path) -> None:
    url = f"sqlite:///{path}"
    async with Database.open(url):
        with pytest.raises(DatabaseInUse):
            async with Database.open(url):
                pass
    async with Database.open(url) as database:
        assert database.migration.from_revision is not None


def test_two_files_of_one_folder_do_not_meet(path: Path) -> None:
    with single_process(path), single_process(path.with_name("other.db")):
        pass
