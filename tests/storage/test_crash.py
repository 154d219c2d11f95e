"""The process is killed in the middle of a transaction."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.domain.jobs.job import JobState
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import Usage
from bot.storage.database import Database
from tests.storage.factories import NOW, claim, usage_of

ROOT = Path(__file__).resolve().parents[2]

WRITE_HALF = """
import asyncio
import sys
from bot.domain.jobs.job import JobState
from bot.domain.quotas.ledger import Closing
from bot.storage.database import Database
from tests.storage.factories import NOW, bot_charge, claimed_job, make_reservation, reserve

async def main(url):
    async with Database.open(url, now=lambda: NOW) as database:
        await reserve(database, [bot_charge()], [make_reservation("kept")])
        job = await claimed_job(database)
        async with database.write() as tx:
            await tx.markers.set("m", "lost")
            await tx.jobs.set_state(job.id, JobState.DONE, fence=job.fence, now=NOW)
            await tx.ledger.close("kept", Closing.SHOWN, cost_usd_micros=1, now=NOW)
            print("half-way", flush=True)
            await asyncio.Event().wait()

asyncio.run(main(sys.argv[1]))
"""


@asynccontextmanager
async def process_half_way(url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITE_HALF, url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            assert await process.stdout.readline() == b"half-way\n"
        yield process
    finally:
        process.kill()
        await process.communicate()


async def test_what_was_committed_is_kept_and_what_was_not_is_gone(database_url: str) -> None:
    async with process_half_way(database_url):
        pass
    async with Database.open(database_url) as database:
        async with database.write() as tx:
            assert await tx.markers.get("m") is None
            assert await tx.jobs.expire_leases(now=NOW) == 1
        assert await usage_of(database, "bot") == Usage(1, UsdMicros(10_000))
        job = await claim(database)
        assert job is not None
        assert (job.state, job.fence) == (JobState.RUNNING, 2), "claimed, and not done"
        assert job.reply is not None
