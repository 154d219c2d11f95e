"""The one table of scheduled work, on both databases."""

from datetime import timedelta

from bot.domain.jobs.schedule import ScheduledWork, TakenWork, WorkKind
from bot.storage.database import Database
from tests.storage.factories import NOW

BATTLES = frozenset({WorkKind.BATTLE_CLOSES})
MINUTE = timedelta(minutes=1)


def closing(subject: str, minutes: int = 0) -> ScheduledWork:
    return ScheduledWork(WorkKind.BATTLE_CLOSES, subject, NOW + minutes * MINUTE)


async def take(database: Database, *, minutes: int = 0, limit: int = 10) -> list[TakenWork]:
    now = NOW + minutes * MINUTE
    async with database.write() as tx:
        taken = await tx.schedule.take_due(BATTLES, now=now, until=now + 5 * MINUTE, limit=limit)
    return list(taken)


async def put(database: Database, *works: ScheduledWork) -> None:
    async with database.write() as tx:
        for work in works:
            await tx.schedule.put(work)


async def test_what_is_due_is_taken_the_longest_due_first(database: Database) -> None:
    of_another_kind = ScheduledWork(WorkKind.ROUND_STEP, "a", NOW)
    await put(database, closing("b", -1), closing("a", 0), closing("c", 1), of_another_kind)

    assert await take(database) == [TakenWork(closing("b", -1), 1), TakenWork(closing("a", 0), 1)]
    assert await take(database, minutes=1) == [TakenWork(closing("c", 1), 1)]


async def test_what_somebody_has_taken_is_free_again_only_after_a_while(
    database: Database,
) -> None:
    await put(database, closing("a"), closing("b"))

    assert await take(database, limit=1) == [TakenWork(closing("a"), 1)]
    assert await take(database) == [TakenWork(closing("b"), 1)]
    assert await take(database, minutes=4) == []
    assert await take(database, minutes=5) == [
        TakenWork(closing("a"), 2),
        TakenWork(closing("b"), 2),
    ]


async def test_what_the_last_process_had_taken_is_free_again_for_the_only_one(
    database: Database,
) -> None:
    await put(database, closing("a"), closing("b", 1))
    await take(database)

    async with database.write() as tx:
        assert await tx.schedule.free_taken(now=NOW) == 1
        assert await tx.schedule.free_taken(now=NOW) == 0

    assert await take(database) == [TakenWork(closing("a"), 2)], "and what is not due is not"


async def test_what_was_put_off_is_left_alone_until_then(database: Database) -> None:
    await put(database, closing("a"))
    [taken] = await take(database)
    async with database.write() as tx:
        await tx.schedule.put_off(taken.work, until=NOW + 7 * MINUTE)

    assert await take(database, minutes=6) == []
    assert await take(database, minutes=7) == [TakenWork(closing("a"), 2)]


async def test_what_was_scheduled_anew_while_it_was_done_stays(database: Database) -> None:
    await put(database, closing("moved"), closing("same"), closing("done"))
    taken = await take(database)
    await put(database, closing("moved", 3), closing("same"))
    async with database.write() as tx:
        for each in taken:
            await tx.schedule.finish(each.work)

    assert await take(database, minutes=3) == [
        TakenWork(closing("same"), 1),
        TakenWork(closing("moved", 3), 1),
    ]


async def test_what_was_taken_off_is_not_done(database: Database) -> None:
    await put(database, closing("a"))
    async with database.write() as tx:
        await tx.schedule.remove(WorkKind.BATTLE_CLOSES, "a")

    assert await take(database) == []
