"""A backup is made while the bot works; what is started from it loses and repeats nothing."""

import asyncio
import contextlib
import sqlite3
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from bot.backup import back_up, restore
from bot.domain.asking.wish import ImageWish
from bot.domain.jobs.job import Job, JobState
from bot.domain.quotas.ledger import Usage
from bot.domain.quotas.windows import DAY, window_at
from bot.settings import Settings
from bot.storage.errors import CopyRefused, DatabaseInUse
from tests.clock import FakeClock
from tests.services.house import House, make_limits, make_place, make_reply, open_house
from tests.services.models import PENNY
from tests.services.painters import DirectedPainter
from tests.storage.sums import wrong_balances

TOKEN = "interaction-token"
"""The token of every reply in the house."""


def settings_of(folder: Path, **overrides: Any) -> Settings:
    values = {"database_url": f"sqlite+aiosqlite:///{folder / 'gondola.db'}", "data_dir": folder}
    return Settings.model_validate(values | overrides)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the bot works."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Where it is started anew; not there yet."""
    return tmp_path / "elsewhere"


def files_that_hold_a_token(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if TOKEN.encode() in path.read_bytes()]


async def usage_of(house: House, job: Job) -> Usage:
    async with house.database.read() as tx:
        return await tx.ledger.usage(job.origin.account, window_at(DAY, house.clock.now(), UTC))


async def test_what_was_done_before_a_backup_is_there_after_it_is_put_back(
    home: Path, elsewhere: Path, tmp_path: Path
) -> None:
    copy, clock = tmp_path / "copy", FakeClock()
    async with open_house(home, clock=clock) as house:
        job = await house.ask(make_place())
        await house.finish()
        said = await asyncio.to_thread(back_up, settings_of(home), copy, pictures=True)

    assert said.endswith("Pictures copied: 1.")
    await asyncio.to_thread(restore, settings_of(elsewhere), copy)

    async with open_house(elsewhere, clock=clock, first_id=1_000) as house:
        restored = await house.job(job)
        assert restored.state is JobState.DONE
        [picture] = restored.pictures
        assert picture.picture is not None
        assert house.pictures.path_of(picture.picture).read_bytes() == b"picture 1000"
        assert (await usage_of(house, job)).images == 1


async def test_a_writer_goes_on_during_a_backup_and_the_copy_is_of_one_moment(
    home: Path, elsewhere: Path, tmp_path: Path
) -> None:
    copy, clock = tmp_path / "copy", FakeClock()
    async with open_house(home, clock=clock, limits=make_limits(images=None)) as house:
        copying = asyncio.create_task(
            asyncio.to_thread(back_up, settings_of(home), copy, pictures=False)
        )
        asked = 0
        while asked < 20 or not copying.done():
            await house.ask(make_place(), key=f"key-{asked}")
            asked += 1
        await copying

    await asyncio.to_thread(restore, settings_of(elsewhere), copy)
    async with open_house(elsewhere, clock=clock, first_id=10_000) as house:
        assert await wrong_balances(house.database) == []


async def test_a_transaction_that_is_not_over_is_not_in_the_copy(
    home: Path, elsewhere: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    async with open_house(home) as house, house.database.write() as tx:
        await tx.markers.set("half", "way")
        await asyncio.to_thread(back_up, settings_of(home), copy, pictures=False)

    await asyncio.to_thread(restore, settings_of(elsewhere), copy)
    async with open_house(elsewhere) as house, house.database.read() as tx:
        assert await tx.markers.get("half") is None


async def test_no_interaction_token_is_in_the_copy_not_even_a_wiped_one(
    home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    async with open_house(home) as house:
        await house.ask(make_place(), key="ended")
        await house.finish()
        await house.ask(make_place(), key="open")
        await house.confirming.ask(
            house.proposer.propose(ImageWish(prompt="{a,b,c,d,e} fox"), make_place()),
            make_place(),
            interaction_id=5,
            question=make_reply(house.clock),
        )
        await asyncio.to_thread(back_up, settings_of(home), copy, pictures=True)

        assert files_that_hold_a_token(home)

    assert files_that_hold_a_token(copy) == []


async def test_a_job_that_was_open_is_given_up_and_not_painted_twice(
    home: Path, elsewhere: Path, tmp_path: Path
) -> None:
    copy, clock, painter = tmp_path / "copy", FakeClock(), DirectedPainter()
    async with open_house(home, clock=clock, painter=painter) as house:
        job = await house.ask(make_place(), images=2)
        await asyncio.to_thread(back_up, settings_of(home), copy, pictures=False)
        assert (await usage_of(house, job)).usd_micros == 2 * PENNY
        await house.finish()
    assert len(painter.orders) == 2

    await asyncio.to_thread(restore, settings_of(elsewhere), copy)
    async with open_house(elsewhere, clock=clock, painter=painter, first_id=1_000) as house:
        await house.finish()

        assert len(painter.orders) == 2
        assert house.messenger.shown == []
        assert (await house.job(job)).state is JobState.FAILED
        assert await usage_of(house, job) == Usage()
        async with house.database.write() as tx:
            [notice] = await tx.notices.take(make_place().user_id)
        assert notice.refunded_images == 2


class TestWhatIsRefused:
    def refusal(self, home: Path, folder: Path) -> str:
        with pytest.raises(CopyRefused) as raised:
            back_up(settings_of(home), folder, pictures=False)
        return str(raised.value)

    def test_a_backup_over_anything(self, home: Path, tmp_path: Path) -> None:
        assert "is there already" in self.refusal(home, tmp_path)

    def test_a_backup_of_nothing_leaves_nothing(self, home: Path, tmp_path: Path) -> None:
        assert "there is no database" in self.refusal(home, tmp_path / "copy")
        assert list(tmp_path.iterdir()) == [home]

    def test_a_backup_of_a_file_that_is_no_database(self, home: Path, tmp_path: Path) -> None:
        (home / "gondola.db").write_text("a letter, and not a short one" * 100)

        assert "cannot be copied" in self.refusal(home, tmp_path / "copy")

    def test_a_backup_of_somebody_elses_database(self, home: Path, tmp_path: Path) -> None:
        with contextlib.closing(sqlite3.connect(home / "gondola.db")) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")

        assert "no database of the bot's" in self.refusal(home, tmp_path / "copy")

    def test_postgresql_which_has_tools_of_its_own(self, home: Path, tmp_path: Path) -> None:
        settings = settings_of(home, database_url="postgresql+psycopg://me:hunter2@host/db")

        with pytest.raises(CopyRefused, match="use pg_dump") as raised:
            back_up(settings, tmp_path / "copy", pictures=False)
        assert "hunter2" not in str(raised.value)

    def test_putting_back_what_is_no_backup(self, home: Path, tmp_path: Path) -> None:
        with pytest.raises(CopyRefused, match="there is no backup at"):
            restore(settings_of(home), tmp_path)

    async def test_putting_back_where_a_database_or_its_log_is(
        self, home: Path, elsewhere: Path, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy"
        async with open_house(home):
            await asyncio.to_thread(back_up, settings_of(home), copy, pictures=False)
            with pytest.raises(DatabaseInUse):
                await asyncio.to_thread(restore, settings_of(home), copy)
        with pytest.raises(CopyRefused, match="never replaces"):
            await asyncio.to_thread(restore, settings_of(home), copy)
        elsewhere.mkdir()
        (elsewhere / "gondola.db-wal").touch()
        with pytest.raises(CopyRefused, match=r"gondola\.db-wal"):
            await asyncio.to_thread(restore, settings_of(elsewhere), copy)

    def test_a_folder_that_cannot_be_written(self, home: Path, tmp_path: Path) -> None:
        with contextlib.closing(sqlite3.connect(home / "gondola.db")) as database:
            database.execute("CREATE TABLE jobs (id TEXT)")
        (tmp_path / "file").touch()

        assert "cannot be written" in self.refusal(home, tmp_path / "file" / "copy")
