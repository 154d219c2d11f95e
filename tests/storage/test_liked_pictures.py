"""What a server likes best of a style or of a member, and what of it may be shown."""

from dataclasses import replace

from bot.domain.ids import ChannelId, GuildId, ImageId
from bot.domain.jobs.job import ImageState
from bot.domain.library.browsing import PictureScope
from bot.domain.voting.vote import SubjectKind, Tally
from bot.storage.database import Database
from tests.storage.factories import MEMBER, SERVER, add_job, make_image, make_recipe, make_request
from tests.storage.test_leaderboards import CHANNEL, HERE, PICTURE, voted

NOIR, WATERCOLOR = "preset:Noir", "preset:Watercolor"


async def of_styles(
    database: Database, scope: PictureScope = HERE, *, each: int = 3
) -> dict[str, list[ImageId]]:
    async with database.read() as tx:
        found = await tx.liked_pictures.best_of(
            SERVER,
            SubjectKind.STYLE,
            [NOIR, WATERCOLOR, "preset:Nobody's"],
            scope,
            "all",
            each=each,
        )
    return {key: [liked.image_id for liked in pictures] for key, pictures in found.items()}


async def test_each_style_is_shown_by_its_best_liked_pictures(database: Database) -> None:
    third, first = await voted(database, ups=1), await voted(database, ups=4)
    second = await voted(database, ups=4, downs=1)
    other = await voted(database, ups=2, style="Watercolor")
    await voted(database)

    assert await of_styles(database) == {NOIR: [first, second, third], WATERCOLOR: [other]}
    assert await of_styles(database, each=1) == {NOIR: [first], WATERCOLOR: [other]}


async def test_a_member_is_shown_by_the_best_of_all_styles(database: Database) -> None:
    await voted(database, ups=1)
    best = await voted(database, ups=2, style="Watercolor")

    async with database.read() as tx:
        found, elsewhere = [
            await tx.liked_pictures.best_of(
                guild_id, SubjectKind.MEMBER, [f"{MEMBER}"], HERE, "all", each=1
            )
            for guild_id in (SERVER, GuildId(SERVER + 1))
        ]

    assert [liked.image_id for liked in found[f"{MEMBER}"]] == [best]
    assert elsewhere == {}


async def test_nothing_is_shown_that_a_gallery_would_not_show(database: Database) -> None:
    unsafe, safe = await voted(database, ups=2, safe=False), await voted(database, ups=1)

    assert await of_styles(database) == {NOIR: [unsafe, safe]}
    assert await of_styles(database, replace(HERE, safe_only=True)) == {NOIR: [safe]}
    elsewhere = replace(HERE, channels=frozenset({ChannelId(CHANNEL + 1)}))
    assert await of_styles(database, elsewhere) == {}


async def test_a_chosen_picture_needs_no_votes_and_is_held_to_the_same(database: Database) -> None:
    liked = await voted(database, ups=1)
    plain, hidden = await picture(database), await picture(database, ImageState.HIDDEN)
    removed = await picture(database, ImageState.REMOVED)
    private = await picture(database, private=True)
    unsafe = await picture(database, safe=False)
    everything = [liked, plain, hidden, removed, private, unsafe, ImageId("gone")]

    async with database.read() as tx:
        found = await tx.liked_pictures.among(everything, HERE)
        safe = await tx.liked_pictures.among(everything, replace(HERE, safe_only=True))

    assert found.keys() == {liked, plain, unsafe}
    assert safe.keys() == {liked, plain}
    assert found[plain].tally.is_empty
    assert found[liked].tally == Tally(1, 0, 1_000, 0)
    assert found[liked].picture == PICTURE


async def picture(
    database: Database,
    state: ImageState = ImageState.DELIVERED,
    *,
    private: bool = False,
    safe: bool = True,
) -> ImageId:
    image = make_image(state=state, picture=PICTURE)
    await add_job(
        database,
        images=(image,),
        recipe=make_recipe(safe_mode=safe),
        request=make_request(private=private),
    )
    return image.id
