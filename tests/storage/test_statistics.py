"""What was painted and paid, counted as images are closed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text

from bot.domain.ids import AccountKey, GuildId, ImageId, JobId, ModelId, UserId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import (
    BOT_ACCOUNT,
    AccountKind,
    Charge,
    Closing,
    Reservation,
    server_account,
)
from bot.domain.statistics.statistics import ModelCount, Period, Spending, quarter_of, timeline
from bot.storage.database import Database
from bot.storage.engine.engines import open_engines
from bot.storage.engine.migrate import migrate
from bot.storage.engine.url import parse_url
from bot.storage.tables import members, usage
from tests.storage.factories import (
    MEMBER,
    NOW,
    SERVER,
    make_image,
    make_job,
    make_origin,
    make_recipe,
)
from tests.storage.test_migrations import SCRIPTS
from tests.thoroughness import tries

BOB = UserId(2)
FLUX = ModelId("flux-2-pro")
TURBO = ModelId("z-image-turbo")
WEEK = timeline(Period.WEEK, NOW, UTC).edges
TODAY = len(WEEK) - 2


async def paint(
    database: Database,
    *closings: Closing,
    user: UserId = MEMBER,
    guild: GuildId | None = SERVER,
    model: ModelId = TURBO,
    usd_micros: int = 10,
    at: datetime = NOW,
) -> None:
    """A job whose images end as told, one for each."""
    images = tuple(make_image(position=position) for position in range(len(closings)))
    async with database.write() as tx:
        account = await tx.members.account_of(user, guild)
        origin = make_origin(user_id=user, guild_id=guild, account=account)
        job = make_job(origin=origin, images=images, recipe=make_recipe(model=model), created_at=at)
        await tx.jobs.add(job, idempotency_key=job.id)
        await tx.ledger.reserve(
            charges(account, guild),
            [Reservation(image.id, UsdMicros(usd_micros)) for image in images],
            job_id=job.id,
            now=at,
        )
        for image, closing in zip(images, closings, strict=True):
            assert await tx.ledger.close(image.id, closing, cost_usd_micros=None, now=at)


def charges(account: AccountKey, guild: GuildId | None) -> list[Charge]:
    charged = [
        Charge(account, AccountKind.MEMBER),
        Charge(BOT_ACCOUNT, AccountKind.BOT),
    ]
    if guild is not None:
        charged.append(Charge(server_account(guild), AccountKind.SERVER))
    return charged


def counted(span: int, model: ModelId, images: int, usd_micros: int) -> ModelCount:
    return ModelCount(span, model, images, UsdMicros(usd_micros))


async def of_server(database: Database, guild: GuildId = SERVER) -> list[ModelCount]:
    async with database.read() as tx:
        return list(await tx.statistics.of_server(guild, WEEK))


async def of_member(database: Database, user: UserId = MEMBER) -> list[ModelCount]:
    async with database.read() as tx:
        return list(await tx.statistics.of_member(user, WEEK))


async def test_images_shown_are_counted_by_day_and_model(database: Database) -> None:
    await paint(database, Closing.SHOWN, Closing.SHOWN)
    await paint(database, Closing.SHOWN, model=FLUX, usd_micros=30)
    await paint(database, Closing.SHOWN, at=NOW - timedelta(days=1))

    assert await of_server(database) == [
        counted(TODAY - 1, TURBO, 1, 10),
        counted(TODAY, FLUX, 1, 30),
        counted(TODAY, TURBO, 2, 20),
    ]


async def test_what_was_released_is_not_counted(database: Database) -> None:
    await paint(database, Closing.NOT_BILLED, Closing.NOT_BILLED)

    assert await of_server(database) == []
    async with database.read() as tx:
        assert list(await tx.statistics.active_members(SERVER, WEEK)) == [0] * 7


async def test_what_was_billed_without_a_picture_is_the_servers_cost_alone(
    database: Database,
) -> None:
    await paint(database, Closing.SHOWN, Closing.BILLED_NOT_SHOWN)

    assert await of_server(database) == [counted(TODAY, TURBO, 1, 20)]
    assert await of_member(database) == [counted(TODAY, TURBO, 1, 10)]


async def test_an_image_is_counted_once(database: Database) -> None:
    await paint(database, Closing.SHOWN)
    async with database.write() as tx:
        job = await tx.jobs.get(JobId(await only_job(database)))
        assert job is not None
        [image] = job.images
        closed = await tx.ledger.close(image.id, Closing.SHOWN, cost_usd_micros=None, now=NOW)
        assert not closed
        assert not await tx.ledger.close(
            ImageId("unknown"), Closing.SHOWN, cost_usd_micros=None, now=NOW
        )

    assert await of_server(database) == [counted(TODAY, TURBO, 1, 10)]


async def only_job(database: Database) -> str:
    async with database._engines.reader.begin() as connection:
        return str((await connection.execute(text("SELECT id FROM jobs"))).scalar_one())


async def test_a_member_is_counted_across_servers_and_direct_messages(database: Database) -> None:
    await paint(database, Closing.SHOWN)
    await paint(database, Closing.SHOWN, guild=GuildId(9))
    await paint(database, Closing.SHOWN, guild=None)
    await paint(database, Closing.SHOWN, user=BOB)

    assert await of_member(database) == [counted(TODAY, TURBO, 3, 30)]
    assert await of_server(database) == [counted(TODAY, TURBO, 2, 20)]
    assert await of_server(database, GuildId(9)) == [counted(TODAY, TURBO, 1, 10)]


async def test_a_member_is_active_once_a_day(database: Database) -> None:
    await paint(database, Closing.SHOWN)
    await paint(database, Closing.SHOWN, model=FLUX, at=NOW + timedelta(hours=2))
    await paint(database, Closing.SHOWN, user=BOB)
    await paint(database, Closing.SHOWN, at=NOW - timedelta(days=1))

    async with database.read() as tx:
        by_day = await tx.statistics.active_members(SERVER, WEEK)
        in_all = await tx.statistics.active_members(SERVER, (WEEK[0], WEEK[-1]))
    assert list(by_day) == [0, 0, 0, 0, 0, 1, 2]
    assert list(in_all) == [2]


async def test_the_report_says_who_spent_what_on_which_model(database: Database) -> None:
    await paint(database, Closing.SHOWN, user=BOB, model=FLUX, usd_micros=30)
    await paint(database, Closing.SHOWN, Closing.BILLED_NOT_SHOWN)
    await paint(database, Closing.SHOWN, at=NOW - timedelta(days=30))

    async with database.read() as tx:
        spending = await tx.statistics.spending(SERVER, WEEK[0], WEEK[-1])
    assert list(spending) == [
        Spending(user_id=BOB, model=FLUX, images=1, usd_micros=UsdMicros(30)),
        Spending(user_id=MEMBER, model=TURBO, images=1, usd_micros=UsdMicros(20)),
    ]


async def test_sums_outlive_a_member_whose_data_is_deleted(database: Database) -> None:
    await paint(database, Closing.SHOWN)
    await paint(database, Closing.SHOWN, user=BOB)
    async with database._engines.writer.begin() as connection:
        await connection.execute(delete(members).where(members.c.user_id == BOB))

    assert await of_server(database) == [counted(TODAY, TURBO, 2, 20)]
    assert await of_member(database, BOB) == []
    async with database.read() as tx:
        spending = await tx.statistics.spending(SERVER, WEEK[0], WEEK[-1])
    assert {line.user_id for line in spending} == {MEMBER, None}


async def test_what_was_closed_before_the_sums_were_kept_is_counted_too(
    bare_database_url: str,
) -> None:
    """The step that makes the table comes to the same rows as closing image by image."""
    [step] = [each for each in SCRIPTS.walk_revisions() if each.path.endswith("_statistics.py")]
    async with Database.open(bare_database_url, now=lambda: NOW) as database:
        await paint(database, Closing.SHOWN, Closing.SHOWN, Closing.BILLED_NOT_SHOWN)
        await paint(database, Closing.NOT_BILLED, model=FLUX)
        await paint(database, Closing.SHOWN, user=BOB, guild=None, at=NOW + timedelta(hours=3))
    async with open_engines(parse_url(bare_database_url)) as engines:
        ordered = select(usage).order_by(*usage.primary_key.columns)
        async with engines.writer.begin() as connection:
            kept = (await connection.execute(ordered)).all()
            await connection.execute(text("DROP TABLE usage"))
            stamp = text("UPDATE alembic_version SET version_num = :before")
            await connection.execute(stamp, {"before": step.down_revision})
        await migrate(engines.writer, target=step.revision)
        async with engines.reader.begin() as connection:
            assert (await connection.execute(ordered)).all() == kept
    assert [row.images for row in kept] == [1, 2]


@settings(
    max_examples=tries(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.tuples(st.integers(WEEK[0] - 200, WEEK[-1] + 200), st.sampled_from([TURBO, FLUX])),
        unique=True,
        max_size=40,
    )
)
async def test_spans_share_nothing_and_leave_nothing_out(
    database: Database, rows: list[tuple[int, ModelId]]
) -> None:
    async with database.write() as tx:
        account = await tx.members.account_of(MEMBER, SERVER)
    async with database._engines.writer.begin() as connection:
        await connection.execute(delete(usage))
        for quarter, model in rows:
            await connection.execute(insert(usage).values(row(account, quarter, model)))

    within = [quarter for quarter, _ in rows if WEEK[0] <= quarter < WEEK[-1]]
    assert sum(count.images for count in await of_server(database)) == len(within)


def row(account: AccountKey, quarter: int, model: ModelId) -> dict[str, object]:
    return {
        "guild_id": SERVER,
        "quarter": quarter,
        "account": account,
        "model": model,
        "images": 1,
        "member_usd_micros": 10,
        "billed_usd_micros": 10,
    }


@pytest.mark.parametrize("minutes", [0, 14, 15, 44])
async def test_a_moment_is_counted_in_its_quarter_of_an_hour(
    database: Database, minutes: int
) -> None:
    at = NOW.replace(minute=minutes)
    await paint(database, Closing.SHOWN, at=at)

    async with database._engines.reader.begin() as connection:
        [quarter] = (await connection.execute(select(usage.c.quarter))).scalars()
    assert quarter == quarter_of(at)
