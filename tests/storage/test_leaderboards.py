"""The order of what is liked, and whose pictures are in it."""

from dataclasses import replace

from bot.domain.ids import ChannelId, ImageId, UserId
from bot.domain.jobs.job import ImageState
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import PictureScope
from bot.domain.voting.credits import credits_of
from bot.domain.voting.span import Span, span_key
from bot.domain.voting.vote import SubjectKind, Vote, VoteValue
from bot.storage.database import Database
from tests.storage.factories import NOW, SERVER, add_job, make_image, make_origin, make_recipe

CHANNEL = make_origin().channel_id
PICTURE = StoredPicture(sha256="00", content_type="image/webp", size_bytes=1)
HERE = PictureScope(safe_only=False, guild_id=SERVER, channels=frozenset({CHANNEL}))


async def voted(
    database: Database, *, ups: int = 0, downs: int = 0, style: str = "Noir", safe: bool = True
) -> ImageId:
    """A picture of the server, with so many votes."""
    image = make_image(state=ImageState.DELIVERED, picture=PICTURE)
    recipe = make_recipe(style=style, safe_mode=safe)
    job = await add_job(database, images=(image,), recipe=recipe)
    values = [VoteValue.UP] * ups + [VoteValue.DOWN] * downs
    async with database.write() as tx:
        await tx.votes.save_credits(image.id, credits_of(image.id, job, []))
        for member, value in enumerate(values, start=1):
            await tx.votes.put(
                Vote(
                    image_id=image.id,
                    user_id=UserId(member),
                    guild_id=SERVER,
                    value=value,
                    weight=1_000,
                    cast_at=NOW,
                )
            )
    return image.id


async def pictures(
    database: Database, scope: PictureScope = HERE, *, offset: int = 0, limit: int = 10
) -> list[ImageId]:
    async with database.read() as tx:
        found = await tx.leaderboards.pictures(
            SERVER, scope, span_key(Span.MONTH, NOW), offset=offset, limit=limit
        )
    return [entry.image_id for entry in found]


async def test_many_votes_in_favour_win_over_few(database: Database) -> None:
    few = await voted(database, ups=1)
    many = await voted(database, ups=9, downs=1)
    nobody_s = await voted(database)
    disliked = await voted(database, downs=3)

    assert await pictures(database) == [many, few]
    assert await pictures(database, offset=1, limit=1) == [few]
    assert {nobody_s, disliked}.isdisjoint(await pictures(database))


async def test_only_what_may_be_shown_is_ranked(database: Database) -> None:
    unsafe = await voted(database, ups=2, safe=False)
    safe = await voted(database, ups=1)

    assert await pictures(database) == [unsafe, safe]
    assert await pictures(database, replace(HERE, safe_only=True)) == [safe]
    elsewhere = replace(HERE, channels=frozenset({ChannelId(CHANNEL + 1)}))
    assert await pictures(database, elsewhere) == []


async def test_a_leaderboard_is_of_its_span(database: Database) -> None:
    await voted(database, ups=2, style="Noir")
    await voted(database, ups=3, style="Watercolor")

    async with database.read() as tx:
        ranked = {
            span: await tx.leaderboards.subjects(SERVER, SubjectKind.STYLE, span, offset=0, limit=5)
            for span in ("2025-W21", "2025-05", "all", "2025-06")
        }

    keys = {span: [key for key, _ in found] for span, found in ranked.items()}
    best_first = ["preset:Watercolor", "preset:Noir"]
    assert keys == {"2025-W21": best_first, "2025-05": best_first, "all": best_first, "2025-06": []}
