"""Another program holds the bot's SQLite file, or nobody may write it: what members see of it."""

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest

from bot.domain.jobs.job import TERMINAL_JOB_STATES
from sandbox.venice.server import VeniceStandIn
from tests.wire.crash.records import Records
from tests.wire.discord import LoopbackDiscord, Message, SentInteraction, TimeLimits
from tests.wire.process import BotProcess, Line, start_bot
from tests.wire.surroundings import settings_for

START_S = 120.0
ANSWER_S = 120.0
LOOK_AGAIN_S = 0.05
UNHARMED = "Nothing was charged"


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    # What is late because this machine is busy is not a fault of Discord's.
    async with LoopbackDiscord(limits=TimeLimits(acknowledgement_s=START_S)) as server:
        yield server


@pytest.fixture
def environment(discord: LoopbackDiscord, venice: VeniceStandIn) -> dict[str, str]:
    return {
        **settings_for(discord, venice),
        "LOG_FORMAT": "json",
    }


def file_of(directory: Path) -> Path:
    return directory / "data" / "gondola.db"


@contextlib.contextmanager
def held_by_another_writer(directory: Path) -> Iterator[None]:
    """Another program is in the midst of writing to the file."""
    with contextlib.closing(sqlite3.connect(file_of(directory), isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout = 30000")
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@contextlib.contextmanager
def unchangeable(*paths: Path) -> Iterator[None]:
    """Nobody may write to these, not even the superuser, whom permissions do not hold back."""
    chattr = shutil.which("chattr")
    if chattr is None:
        pytest.skip("there is no chattr here to make a file unchangeable")
    names = [str(path) for path in paths]
    made = subprocess.run([chattr, "+i", *names], check=False, capture_output=True)  # noqa: S603 - the test's own files
    try:
        if made.returncode:
            pytest.skip("chattr cannot make a file unchangeable here: no right to, or no ext4")
        yield
    finally:
        subprocess.run([chattr, "-i", *names], check=False, capture_output=True)  # noqa: S603 - the test's own files


def text_of(message: Message) -> str:
    return "\n".join(message.texts)


async def ask(discord: LoopbackDiscord, prompt: str) -> SentInteraction:
    ann, studio = discord.world.member("ann"), discord.world.channel("studio")
    return await discord.slash(ann, studio, "imagine", {"prompt": prompt})


async def picture(asked: SentInteraction) -> Message:
    return await asked.message_where(lambda each: each.attachments, timeout_s=ANSWER_S)


async def nothing_is_owed(directory: Path, *, jobs: int) -> None:
    """Once what runs has ended: every job delivered, and the ledger balanced."""
    records = Records(directory)
    async with asyncio.timeout(ANSWER_S):
        while records.open_jobs():  # noqa: ASYNC110 - another process writes the records
            await asyncio.sleep(LOOK_AGAIN_S)
    found = records.jobs().values()
    assert len(found) == jobs
    assert all(job.state in TERMINAL_JOB_STATES for job in found)
    assert records.wrong_balances() == []


async def says(bot: BotProcess, what: str) -> Line:
    return await bot.line_where(lambda line: what in line.text, timeout_s=ANSWER_S)


async def test_while_another_writer_holds_the_file_a_request_waits_and_goes_through(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S)
        await picture(await ask(discord, "a boat"))
        with held_by_another_writer(tmp_path):
            waiting = await ask(discord, "a red fox")
            await waiting.acknowledged(timeout_s=ANSWER_S)
            assert "a red fox" not in Records(tmp_path).jobs()
        await picture(waiting)
        await nothing_is_owed(tmp_path, jobs=2)


# Its waits are those of the bot: tests/storage/test_database.py has the short way.
@pytest.mark.soak
async def test_a_file_that_stays_locked_refuses_a_request_and_charges_nobody(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    async with start_bot(directory=tmp_path, environment=environment):
        await discord.ready(timeout_s=START_S)
        await picture(await ask(discord, "a boat"))
        with held_by_another_writer(tmp_path):
            refused = await ask(discord, "a red fox")
            told = await refused.message_where(text_of, timeout_s=ANSWER_S)
            assert UNHARMED in text_of(told)
        await picture(await ask(discord, "a blue fox"))
        await nothing_is_owed(tmp_path, jobs=2)


async def test_a_file_that_cannot_be_written_refuses_a_request_until_it_can(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str]
) -> None:
    async with start_bot(directory=tmp_path, environment=environment) as bot:
        await discord.ready(timeout_s=START_S)
        await picture(await ask(discord, "a boat"))
        await nothing_is_owed(tmp_path, jobs=1)
        path = file_of(tmp_path)
        with unchangeable(path, path.with_name("gondola.db-wal")):
            refused = await ask(discord, "a red fox")
            told = await refused.message_where(text_of, timeout_s=ANSWER_S)
            assert UNHARMED in text_of(told)
            assert bot.returncode is None
        await picture(await ask(discord, "a blue fox"))
        await nothing_is_owed(tmp_path, jobs=2)


@pytest.mark.parametrize("what", ["file", "folder"])
async def test_what_cannot_be_written_at_the_start_is_said_in_one_line(
    tmp_path: Path, discord: LoopbackDiscord, environment: Mapping[str, str], what: str
) -> None:
    del discord
    migrate = ("-m", "bot", "migrate")
    async with start_bot(directory=tmp_path, environment=environment, arguments=migrate) as bot:
        assert await bot.exited(timeout_s=START_S) == 0
    path = file_of(tmp_path)
    with unchangeable(path if what == "file" else path.parent):
        async with start_bot(directory=tmp_path, environment=environment) as bot:
            assert await bot.exited(timeout_s=START_S) == 1
    assert bot.lines[-1].text.startswith("gondola: the database at ")
    assert "is not available" in bot.lines[-1].text
    assert "Traceback" not in bot.output
