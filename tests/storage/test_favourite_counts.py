"""Whatever is marked, taken back, deleted and erased, in whatever order: counts equal the marks."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.domain.ids import ImageId, UserId
from bot.domain.privacy import ErasureKind, ErasureStage, Subject
from bot.storage.database import Database
from bot.storage.engine.engines import open_engines
from bot.storage.engine.migrate import migrate
from bot.storage.engine.url import parse_url
from bot.storage.members.tables import favourite_counts
from bot.storage.tables import favourites, images
from tests.storage.factories import NOW, SERVER, add_job, make_image
from tests.thoroughness import tries


@dataclass(frozen=True)
class Mark:
    """A member marks a picture, be it marked or not."""

    member: int
    picture: int


@dataclass(frozen=True)
class Unmark:
    """A member takes a mark back, if there is one."""

    member: int
    picture: int


@dataclass(frozen=True)
class Delete:
    """Some pictures are deleted."""

    pictures: frozenset[int]


@dataclass(frozen=True)
class DropRow:
    """The very row of a picture goes."""

    picture: int


@dataclass(frozen=True)
class Erase:
    """A member has everything deleted."""

    member: int


Act = Mark | Unmark | Delete | DropRow | Erase

PICTURES = 3
members, pictures = st.integers(1, 3), st.integers(0, PICTURES - 1)
marks = st.builds(Mark, members, pictures)
others = (
    st.builds(Unmark, members, pictures)
    | st.builds(Delete, st.frozensets(pictures))
    | st.builds(DropRow, pictures)
    | st.builds(Erase, members)
)
# Marks first, for nothing else does anything without them.
histories = st.builds(
    lambda opening, rest: [*opening, *rest],
    st.lists(marks, min_size=2, max_size=6),
    st.lists(marks | others, max_size=8),
)


class Wall:
    """Some pictures, and who has marked them."""

    def __init__(self, database: Database, ids: list[ImageId]) -> None:
        self._database = database
        self._ids = ids
        self._gone = set[ImageId]()
        self._marks = set[tuple[int, ImageId]]()

    async def act(self, act: Act) -> None:
        match act:
            case Mark(member, picture) if self._ids[picture] not in self._gone:
                async with self._database.write() as tx:
                    await tx.favourites.add(UserId(member), self._ids[picture], now=NOW)
                self._marks.add((member, self._ids[picture]))
            case Unmark(member, picture):
                mark = (member, self._ids[picture])
                async with self._database.write() as tx:
                    removed = await tx.favourites.remove(UserId(member), self._ids[picture])
                assert removed == (mark in self._marks)
                self._marks.discard(mark)
            case Delete(some):
                async with self._database.write() as tx:
                    await tx.favourites.remove_everybodys([self._ids[each] for each in some])
                self._forget({self._ids[each] for each in some})
            case DropRow(picture):
                async with self._database._engines.writer.begin() as connection:
                    await connection.execute(
                        delete(images).where(images.c.id == self._ids[picture])
                    )
                self._gone.add(self._ids[picture])
                self._forget({self._ids[picture]})
            case Erase(member):
                subject = Subject(ErasureKind.MEMBER, UserId(member))
                async with self._database.write() as tx:
                    await tx.erasures.erase_rows(subject, ErasureStage.DATA)
                self._marks = {mark for mark in self._marks if mark[0] != member}

    def _forget(self, ids: set[ImageId]) -> None:
        self._marks = {mark for mark in self._marks if mark[1] not in ids}

    async def check(self) -> None:
        wanted = Counter(image_id for _, image_id in self._marks)
        assert await marks_of(self._database) == self._marks
        assert await counts_of(self._database) == wanted
        async with self._database.read() as tx:
            assert await tx.library.favourite_counts(self._ids) == wanted


async def wall_of(database: Database) -> Wall:
    jobs = [await add_job(database, images=(make_image(),)) for _ in range(PICTURES)]
    return Wall(database, [job.images[0].id for job in jobs])


async def marks_of(database: Database) -> set[tuple[int, str]]:
    async with database._engines.reader.connect() as connection:
        found = await connection.execute(select(favourites))
        return {(row.user_id, row.image_id) for row in found}


async def counts_of(database: Database) -> dict[str, int]:
    """As they are kept, each beside the server and the moment of its job."""
    async with database._engines.reader.connect() as connection:
        rows = (await connection.execute(select(favourite_counts))).all()
    assert all((row.guild_id, row.asked_at) == (SERVER, NOW) for row in rows)
    return {row.image_id: row.favourites for row in rows}


@settings(
    max_examples=tries(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
async def test_counts_equal_the_marks(database: Database, history: list[Act]) -> None:
    wall = await wall_of(database)
    for act in history:
        await wall.act(act)

    await wall.check()
    for member in (1, 2, 3):
        await wall.act(Erase(member))


async def test_marks_made_and_taken_back_at_the_same_time_are_all_counted(
    database: Database,
) -> None:
    wall = await wall_of(database)
    for member in (1, 2):
        await wall.act(Mark(member, 0))
        await wall.act(Mark(member, 1))

    acts: list[Act] = [Unmark(1, 0), Mark(3, 0), Mark(4, 0), Erase(2), Mark(5, 1), Unmark(1, 1)]
    async with asyncio.TaskGroup() as group:
        for act in acts:
            group.create_task(wall.act(act))

    await wall.check()


async def test_pictures_deleted_while_they_are_marked_leave_no_count_behind(
    database: Database,
) -> None:
    wall = await wall_of(database)

    async with asyncio.TaskGroup() as group:
        for member in range(1, 6):
            group.create_task(wall.act(Mark(member, member % PICTURES)))
            group.create_task(wall.act(Delete(frozenset(range(PICTURES)))))

    assert await counts_of(database) == Counter(
        image_id for _, image_id in await marks_of(database)
    )


async def test_marks_of_before_there_were_counts_are_counted(bare_database_url: str) -> None:
    async with open_engines(parse_url(bare_database_url)) as engines:
        await migrate(engines.writer, target="0024")
    async with open_engines(parse_url(bare_database_url)) as engines, engines.writer.begin() as to:
        for statement in _FORMER:
            await to.exec_driver_sql(statement)
    async with Database.open(bare_database_url) as database, database.read() as tx:
        ids = [ImageId("twice"), ImageId("once"), ImageId("never")]
        assert await tx.library.favourite_counts(ids) == {"twice": 2, "once": 1}


_FORMER = (
    """
    INSERT INTO accounts (key, kind, created_at) VALUES ('a', 'member', '2025-05-20 12:00:00')
    """,
    """
    INSERT INTO jobs (
        id, idempotency_key, state, user_id, guild_id, channel_id, account, locale, private, model,
        request, recipe, fence, created_at
    ) VALUES (
        'job', 'key', 'done', 1, 2, 3, 'a', 'en-GB', FALSE, 'model', '{}', '{}', 1,
        '2025-05-20 12:00:00'
    )
    """,
    """
    INSERT INTO images (id, job_id, position, seed, state) VALUES
        ('twice', 'job', 0, 1, 'delivered'),
        ('once', 'job', 1, 1, 'delivered'),
        ('never', 'job', 2, 1, 'delivered')
    """,
    """
    INSERT INTO favourites (user_id, image_id, created_at) VALUES
        (1, 'twice', '2025-05-20 12:00:00'),
        (2, 'twice', '2025-05-20 12:00:00'),
        (1, 'once', '2025-05-20 12:00:00')
    """,
)
