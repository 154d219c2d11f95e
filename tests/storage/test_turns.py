"""Whose turn it is, on both databases: the same as by the rule."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, String, cast, literal, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey, GuildId, JobId, UserId
from bot.domain.jobs.job import JobState
from bot.domain.jobs.progress import QueuePlace
from bot.domain.jobs.turns import (
    REMEMBERED_FOR,
    Flow,
    Waiting,
    begins_at_once,
    in_turn,
    next_turn,
)
from bot.domain.quotas.ledger import AccountKind
from bot.storage.database import Database
from bot.storage.jobs import turns
from bot.storage.jobs.records import image_record, job_record
from bot.storage.tables import accounts, images, jobs
from bot.storage.transaction import SqlTransaction
from tests.storage.factories import LEASE_UNTIL, NOW, make_image, make_job, make_origin
from tests.thoroughness import tries

ACCOUNT = AccountKey("test-account")
LATELY = NOW - REMEMBERED_FOR + timedelta(seconds=1)
LONG_AGO = NOW - REMEMBERED_FOR

FRESH: dict[str, Any] = {"state": JobState.QUEUED}
KINDS: dict[str, dict[str, Any]] = {
    "fresh": FRESH,
    "let go": FRESH | {"fence": 1, "lease_until": NOW, "started_at": LATELY},
    "to be shown": FRESH | {"shared": True},
    "running": {
        "state": JobState.RUNNING,
        "fence": 1,
        "lease_until": LEASE_UNTIL,
        "started_at": LATELY,
    },
    "done lately": {"state": JobState.DONE, "fence": 1, "started_at": LATELY},
    "done long ago": {"state": JobState.DONE, "fence": 1, "started_at": LONG_AGO},
}


@dataclass(frozen=True)
class Row:
    """A job of a world, as the rule sees it."""

    id: JobId
    kind: str
    flow: Flow
    images: int
    since: datetime

    @property
    def waits(self) -> bool:
        return self.kind in {"fresh", "let go", "to be shown"}

    @property
    def waiting(self) -> Waiting:
        return Waiting(
            id=self.id,
            flow=self.flow,
            images=self.images,
            since=self.since,
            goes_first=self.kind != "fresh",
        )


flows = st.builds(
    Flow,
    st.sampled_from([None, GuildId(1), GuildId(2)]),
    st.integers(1, 3).map(UserId),
)
rows = st.builds(
    Row,
    id=st.just(JobId("")),
    kind=st.sampled_from(sorted(KINDS)) | st.just("fresh"),
    flow=flows,
    images=st.integers(1, 4),
    since=st.integers(0, 3).map(lambda s: NOW - timedelta(seconds=s)),
)
worlds = st.permutations(range(12)).flatmap(
    lambda numbers: st.lists(rows, max_size=12).map(
        lambda found: [
            Row(JobId(f"job-{number:02}"), row.kind, row.flow, row.images, row.since)
            for number, row in zip(numbers, found, strict=False)
        ]
    )
)


class _RollBack(Exception):
    """The world was looked at."""


@asynccontextmanager
async def looked_at(database: Database, world: list[Row]) -> AsyncIterator[SqlTransaction]:
    """A world in a transaction that leaves nothing behind."""
    with suppress(_RollBack):
        async with database.write() as tx:
            await write(tx, world)
            yield tx
            raise _RollBack


async def write(tx: SqlTransaction, world: list[Row]) -> None:
    connection = tx.jobs._connection
    await connection.execute(
        accounts.insert().values(key=ACCOUNT, kind=AccountKind.MEMBER, created_at=NOW)
    )
    for row in world:
        kind = {**KINDS[row.kind]}
        started_at = kind.pop("started_at", None)
        job = make_job(
            id=row.id,
            origin=make_origin(
                user_id=row.flow.user_id, guild_id=row.flow.guild_id, account=ACCOUNT
            ),
            images=tuple(make_image(position=position) for position in range(row.images)),
            created_at=row.since,
            **kind,
        )
        record = job_record(job, idempotency_key=job.id)
        await connection.execute(jobs.insert().values(**record, started_at=started_at))
        await connection.execute(
            images.insert().values(
                [{"job_id": job.id, **image_record(image)} for image in job.images]
            )
        )


async def take(tx: SqlTransaction, *, most_running: int = 100) -> str | None:
    job = await tx.jobs.claim_next(
        owner="worker", now=NOW, lease_until=LEASE_UNTIL, most_running=most_running
    )
    return job.id if job is not None else None


def given_lately(world: list[Row]) -> Counter[Flow]:
    counts: Counter[Flow] = Counter()
    for row in world:
        if KINDS[row.kind].get("started_at") == LATELY:
            counts[row.flow] += row.images
    return counts


def running_of(world: list[Row]) -> Counter[UserId]:
    return Counter(row.flow.user_id for row in world if row.kind == "running")


def images_in_hand(world: list[Row]) -> int:
    return sum(row.images for row in world if row.kind == "running")


on_any_world = settings(
    max_examples=tries(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@on_any_world
@given(world=worlds)
async def test_jobs_are_taken_in_the_order_of_the_rule(
    database: Database, world: list[Row]
) -> None:
    expected = in_turn((row.waiting for row in world if row.waits), given_lately(world))
    async with looked_at(database, world) as tx:
        taken = [await take(tx) for _ in expected]
        assert taken == [each.id for each in expected]
        assert await take(tx) is None


@on_any_world
@given(world=worlds, most_running=st.integers(1, 2))
async def test_a_member_has_no_more_at_work_than_may_be(
    database: Database, world: list[Row], most_running: int
) -> None:
    waiting = {row.id: row.waiting for row in world if row.waits}
    given_so_far, running = given_lately(world), running_of(world)
    async with looked_at(database, world) as tx:
        while True:
            expected = next_turn(
                waiting.values(), given_so_far, running=running, most_running=most_running
            )
            assert await take(tx, most_running=most_running) == (expected and expected.id)
            if expected is None:
                break
            taken = waiting.pop(JobId(expected.id))
            running[taken.flow.user_id] += 1
            if not taken.goes_first:
                given_so_far[taken.flow] += taken.images


@on_any_world
@given(world=worlds, newcomer=flows, most_running=st.integers(1, 2))
async def test_what_begins_at_once_is_what_would_be_taken_next(
    database: Database, world: list[Row], newcomer: Flow, most_running: int
) -> None:
    async with looked_at(database, world) as tx:
        length = await tx.jobs.queue_length(newcomer.user_id, now=NOW)
    if begins_at_once(length, most_running=most_running):
        new = Waiting(id="new", flow=newcomer, images=1, since=NOW)
        waiting = [new, *(row.waiting for row in world if row.waits)]
        running = running_of(world)
        turn = next_turn(waiting, given_lately(world), running=running, most_running=most_running)
        assert turn == new


@on_any_world
@given(world=worlds)
async def test_a_member_is_told_the_place_at_which_the_job_is_taken(
    database: Database, world: list[Row]
) -> None:
    order = in_turn((row.waiting for row in world if row.waits), given_lately(world))
    before = images_in_hand(world)
    async with looked_at(database, world) as tx:
        for place, each in enumerate(order):
            told = await tx.jobs.images_ahead(JobId(each.id), now=NOW)
            assert told == QueuePlace(jobs=place, images=before)
            before += each.images
        for row in world:
            if not row.waits:
                assert await tx.jobs.images_ahead(row.id, now=NOW) is None


FINISHED, OPEN = 100_000, 500


async def fill(database: Database) -> None:
    """Many finished jobs, and a long queue, in a transaction that may take its time."""
    flow = Flow(GuildId(1), UserId(1))
    async with database._engines.writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
        done = Row(JobId("done"), "done long ago", flow, 1, LONG_AGO)
        waiting = Row(JobId("open"), "fresh", flow, 1, NOW)
        await write(database._repositories(connection), [done, waiting])
        await copy(connection, "done", FINISHED)
        await copy(connection, "open", OPEN)
        await connection.execute(text("ANALYZE"))


async def copy(connection: AsyncConnection, job_id: str, times: int) -> None:
    """The same job again and again, of fifty members in seven servers."""
    number = select(literal(1).label("number")).cte("numbers", recursive=True)
    number = number.union_all(select(number.c.number + 1).where(number.c.number < times))
    new_id = literal(f"{job_id}-") + cast(number.c.number, String)
    of_job = {
        "id": new_id,
        "idempotency_key": new_id,
        "user_id": number.c.number % 50,
        "guild_id": number.c.number % 7,
    }
    for table, row, changed in (
        (jobs, jobs.c.id == job_id, of_job),
        (images, images.c.job_id == job_id, {"id": new_id, "job_id": new_id}),
    ):
        columns = [changed.get(column.name, column) for column in table.c]
        copies = select(*columns).select_from(table.join(number, true())).where(row)
        await connection.execute(table.insert().from_select(table.c.keys(), copies))


async def plan_of(connection: AsyncConnection, query: Select[Any], **values: object) -> str:
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    sql = query.params(**values, **turns.moments(NOW)).compile(
        dialect=connection.dialect, compile_kwargs={"literal_binds": True}
    )
    lines = await connection.exec_driver_sql(f"{explain} {sql}".replace("%", "%%"))
    return "\n".join(str(line[-1]) for line in lines)


async def test_a_long_history_is_not_read_to_find_the_next_job(database: Database) -> None:
    await fill(database)
    async with database._engines.writer.connect() as connection:
        for plan in (
            await plan_of(connection, turns.NEXT_TURN, most_running=2, in_hand=["open-400"]),
            await plan_of(connection, turns.AHEAD, job_id="open-400"),
        ):
            assert "ix_jobs_open" in plan
            assert "ix_jobs_started_at" in plan
            assert not re.search(r"SCAN (jobs|images)(?! USING)|Seq Scan on (jobs|images)", plan)
    async with database.write() as tx:
        assert await take(tx) is not None
