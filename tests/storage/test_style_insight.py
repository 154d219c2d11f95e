"""What is read of votes on pictures in styles, and pictures that had votes before."""

from datetime import timedelta

from sqlalchemy import text

from bot.domain.ids import ModelId, UserId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import StyledPicture, StyleTally
from bot.domain.voting.credits import credits_of, preset_style_key
from bot.domain.voting.vote import Tally, Vote, VoteValue
from bot.storage.database import Database
from bot.storage.engine.engines import open_engines
from bot.storage.engine.migrate import migrate
from bot.storage.engine.url import parse_url
from tests.storage.factories import NOW, SERVER, add_job, make_recipe

NOIR, NEON = preset_style_key("Noir"), preset_style_key("Neon")
TURBO, FLUX = ModelId("turbo"), ModelId("flux")
WEEKS = ("2025-W20", "2025-W21")


async def voted(
    database: Database,
    style: str,
    kind: PromptKind,
    model: ModelId,
    *,
    ups: int,
    days_ago: int = 0,
) -> None:
    """A picture in a style that has so many votes."""
    job = await add_job(database, recipe=make_recipe(style=style, model=model))
    [image] = job.images
    async with database.write() as tx:
        await tx.votes.save_credits(image.id, credits_of(image.id, job, []))
        await tx.style_insight.add(
            StyledPicture(
                image_id=image.id,
                style=preset_style_key(style),
                model=model,
                kind=kind,
                painted_at=NOW - timedelta(days=days_ago),
            )
        )
        for member in range(1, ups + 1):
            await tx.votes.put(
                Vote(
                    image_id=image.id,
                    user_id=UserId(member),
                    guild_id=SERVER,
                    value=VoteValue.UP,
                    weight=1_000,
                    cast_at=NOW,
                )
            )


def ups(count: int, *, pictures: int = 1) -> StyleTally:
    return StyleTally(pictures, Tally(count, 0, 1_000 * count, 0))


async def test_styles_are_summed_by_kind_by_model_and_over_time(database: Database) -> None:
    await voted(database, "Noir", PromptKind.FOOD, TURBO, ups=2)
    await voted(database, "Noir", PromptKind.FOOD, FLUX, ups=1, days_ago=7)
    await voted(database, "Noir", PromptKind.NATURE, TURBO, ups=1)
    await voted(database, "Neon", PromptKind.FOOD, TURBO, ups=3)
    await voted(database, "Neon", PromptKind.FOOD, TURBO, ups=3, days_ago=60)

    async with database.read() as tx:
        insight = tx.style_insight
        over_time = await insight.over_time(SERVER, WEEKS, kind=None, model=None)
        narrowed = await insight.over_time(SERVER, WEEKS, kind=PromptKind.FOOD, model=TURBO)
        by_kind = await insight.by_kind(SERVER, WEEKS, model=None)
        on_turbo = await insight.by_kind(SERVER, WEEKS, model=TURBO)
        by_model = await insight.by_model(SERVER, WEEKS, kind=PromptKind.FOOD)

    assert sorted(over_time, key=str) == [
        ("2025-W20", NOIR, ups(1)),
        ("2025-W21", NEON, ups(3)),
        ("2025-W21", NOIR, ups(3, pictures=2)),
    ]
    assert sorted(narrowed, key=str) == [("2025-W21", NEON, ups(3)), ("2025-W21", NOIR, ups(2))]
    assert set(by_kind) == {
        (PromptKind.FOOD, NOIR, ups(3, pictures=2)),
        (PromptKind.FOOD, NEON, ups(3)),
        (PromptKind.NATURE, NOIR, ups(1)),
    }
    assert (PromptKind.FOOD, NOIR, ups(2)) in on_turbo
    assert set(by_model) == {(TURBO, NOIR, ups(2)), (TURBO, NEON, ups(3)), (FLUX, NOIR, ups(1))}


async def test_pictures_of_before_are_written_down_and_counted_once_sorted(
    bare_database_url: str,
) -> None:
    async with Database.open(bare_database_url) as database:
        migrated = database.migration
        await voted(database, "Noir", PromptKind.FOOD, TURBO, ups=2)
    async with open_engines(parse_url(bare_database_url)) as engines:
        async with engines.writer.begin() as connection:
            for table in ("styled_pictures", "style_tallies"):
                await connection.execute(text(f"DROP TABLE {table}"))
            await connection.execute(text("UPDATE alembic_version SET version_num = '0021'"))
        await migrate(engines.writer, target="0022")
        async with engines.writer.begin() as connection:
            # The later steps are done already.
            there = {"there": migrated.to_revision}
            await connection.execute(text("UPDATE alembic_version SET version_num = :there"), there)

    async with Database.open(bare_database_url) as database:
        async with database.write() as tx:
            assert await tx.style_insight.by_kind(SERVER, WEEKS, model=None) == []
            [image_id] = await tx.style_insight.unsorted(limit=5)
            for kind in (PromptKind.NATURE, PromptKind.FOOD):
                await tx.style_insight.sort({image_id: kind})
            assert await tx.style_insight.unsorted(limit=5) == []
        async with database.read() as tx:
            found = await tx.style_insight.by_kind(SERVER, WEEKS, model=TURBO)
    assert found == [(PromptKind.NATURE, NOIR, ups(2))]
