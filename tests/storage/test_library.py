"""Pictures are found again by their member, their server, their words; on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobImage
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import (
    Direction,
    Order,
    PictureQuery,
    PictureScope,
    Shelf,
    Turn,
)
from bot.domain.voting.credits import credits_of
from bot.domain.voting.vote import FULL_WEIGHT, Vote, VoteValue
from bot.storage.database import Database
from tests.storage.factories import (
    MEMBER,
    NOW,
    SERVER,
    add_job,
    make_image,
    make_origin,
    make_recipe,
    make_request,
)
from tests.thoroughness import tries

HERE = make_origin().channel_id
MINE = PictureScope(safe_only=True, user_id=MEMBER)
PUBLIC = PictureScope(safe_only=True, guild_id=SERVER, channels=frozenset({HERE}))
HISTORY = PictureQuery(shelf=Shelf.HISTORY)
GALLERY = PictureQuery(shelf=Shelf.GALLERY)

one_database = settings(
    max_examples=tries(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def shown_image(**overrides: object) -> JobImage:
    picture = StoredPicture(sha256="ab" * 32, content_type="image/webp", size_bytes=10)
    image = make_image(state=ImageState.DELIVERED, picture=picture)
    return replace(image, **overrides)  # type: ignore[arg-type] # fields by name


async def shown_job(database: Database, prompt: str = "a lighthouse in fog", **job: object) -> Job:
    """A job whose picture was shown, or whatever `job` says of it."""
    values = {"recipe": make_recipe(prompt=prompt), "images": (shown_image(),), **job}
    return await add_job(database, **values)


async def page_of(
    database: Database,
    query: PictureQuery = HISTORY,
    scope: PictureScope = MINE,
    *,
    turn: Turn | None = None,
    limit: int = 10,
) -> list[ImageId]:
    async with database.read() as tx:
        found = await tx.library.page(query, scope, turn=turn, limit=limit)
    return [entry.image_id for entry in found]


async def bookmark(database: Database, job: Job, *user_ids: int) -> None:
    async with database.write() as tx:
        for user_id in user_ids:
            await tx.favourites.add(UserId(user_id), job.images[0].id, now=NOW)


def ids(jobs: Sequence[Job]) -> list[ImageId]:
    return [image.id for job in jobs for image in job.images]


async def test_the_newest_come_first_and_the_images_of_a_job_in_their_order(
    database: Database,
) -> None:
    images = (shown_image(position=0), shown_image(position=1))
    older = await shown_job(database, images=images, created_at=NOW - timedelta(days=1))
    newer = await shown_job(database)

    assert await page_of(database) == ids([newer, older])


async def test_an_entry_says_what_the_picture_was_made_by(database: Database) -> None:
    recipe = make_recipe(prompt="a fox", style="Anime", model_name="Test Model")
    job = await shown_job(database, recipe=recipe, request=make_request(private=True))

    async with database.read() as tx:
        [entry] = await tx.library.page(HISTORY, MINE, turn=None, limit=10)

    assert entry.prompt == "a fox"
    assert (entry.model_name, entry.size, entry.style) == ("Test Model", "1024×1024", "Anime")
    assert entry.seed == job.images[0].seed
    assert entry.created_at == NOW
    assert entry.private
    assert entry.picture == job.images[0].picture


async def test_history_has_private_pictures_and_those_that_could_not_be_shown(
    database: Database,
) -> None:
    unshown = shown_image(
        state=ImageState.FAILED, failure=ImageFailure(FailureReason.UNDELIVERABLE, Billing.BILLED)
    )
    private = await shown_job(database, request=make_request(private=True))
    kept = await shown_job(
        database,
        request=make_request(private=True),
        images=(unshown,),
        created_at=NOW - timedelta(hours=1),
    )

    assert await page_of(database) == ids([private, kept])


@pytest.mark.parametrize(
    "hidden",
    [
        {"images": (shown_image(state=ImageState.REFUSED),)},
        {"images": (shown_image(picture=None),)},
        {"images": (shown_image(state=ImageState.QUEUED),)},
        {"recipe": make_recipe(safe_mode=False)},
    ],
    ids=["refused", "deleted", "not painted", "not safe"],
)
async def test_what_may_not_be_seen_is_on_no_shelf(
    database: Database, hidden: dict[str, Any]
) -> None:
    await shown_job(database, **hidden)

    assert await page_of(database) == []
    assert await page_of(database, GALLERY, PUBLIC) == []


async def test_the_gallery_has_only_what_was_public_in_this_server(database: Database) -> None:
    await shown_job(database, request=make_request(private=True))
    public = await shown_job(database)

    assert await page_of(database, GALLERY, PUBLIC) == ids([public])
    elsewhere = replace(PUBLIC, guild_id=GuildId(5))
    assert await page_of(database, GALLERY, elsewhere) == []


async def test_the_gallery_leaves_out_channels_that_the_reader_may_not_see(
    database: Database,
) -> None:
    await shown_job(database)

    others = replace(PUBLIC, channels=frozenset({ChannelId(6)}))
    assert await page_of(database, GALLERY, others) == []


async def test_history_is_ones_own(database: Database) -> None:
    await shown_job(database)

    assert await page_of(database, scope=replace(MINE, user_id=UserId(8))) == []


async def test_a_place_without_safe_mode_shows_all(database: Database) -> None:
    job = await shown_job(database, recipe=make_recipe(safe_mode=False))

    assert await page_of(database, scope=replace(MINE, safe_only=False)) == ids([job])


async def test_the_most_bookmarked_come_first_and_the_others_not_at_all(
    database: Database,
) -> None:
    await shown_job(database)
    once, twice = await shown_job(database), await shown_job(database)
    await bookmark(database, once, 1)
    await bookmark(database, twice, 1, 2)
    query = replace(GALLERY, order=Order.FAVOURITES)

    assert await page_of(database, query, PUBLIC) == ids([twice, once])
    async with database.read() as tx:
        counts = await tx.library.favourite_counts(ids([once, twice]))
    assert counts == {once.images[0].id: 1, twice.images[0].id: 2}


async def vote(database: Database, job: Job, *, ups: int) -> None:
    """One vote against each picture of a job, and some in favour."""
    async with database.write() as tx:
        for image in job.images:
            await tx.votes.save_credits(image.id, credits_of(image.id, job, []))
            for number, value in enumerate([VoteValue.DOWN, *[VoteValue.UP] * ups]):
                await tx.votes.put(
                    Vote(
                        image_id=image.id,
                        user_id=UserId(1_000 + number),
                        guild_id=SERVER,
                        value=value,
                        weight=FULL_WEIGHT,
                        cast_at=NOW,
                    )
                )


async def test_the_best_by_votes_come_first_and_the_others_not_at_all(database: Database) -> None:
    await shown_job(database)
    good, better = await shown_job(database), await shown_job(database)
    await vote(database, good, ups=1)
    await vote(database, better, ups=5)

    query = replace(GALLERY, order=Order.VOTES)

    assert await page_of(database, query, PUBLIC) == ids([better, good])


@pytest.mark.parametrize(
    "query",
    [*(replace(GALLERY, order=order) for order in Order), replace(GALLERY, text="fog")],
    ids=[*Order, "of a word"],
)
async def test_leafing_to_the_end_and_back_shows_every_picture_once(
    database: Database, query: PictureQuery
) -> None:
    for number in range(7):
        images = (shown_image(position=0), shown_image(position=1))
        job = await shown_job(
            database, images=images, created_at=NOW - timedelta(hours=number // 2)
        )
        await bookmark(database, job, *range(1, 2 + number % 3))
        await bookmark_second(database, job)
        await vote(database, job, ups=number % 3)
    everything = await page_of(database, query, PUBLIC, limit=100)
    assert len(set(everything)) == 14

    forth = await page_of(database, query, PUBLIC, limit=4)
    while True:
        turn = Turn(Direction.ONWARDS, forth[-1])
        further = await page_of(database, query, PUBLIC, turn=turn, limit=4)
        if not further:
            break
        forth += further
    assert forth == everything

    back: list[ImageId] = []
    first = everything[-1]
    while before := await page_of(
        database, query, PUBLIC, turn=Turn(Direction.BACK, first), limit=4
    ):
        back, first = before + back, before[0]
    assert back == everything[:-1]


async def bookmark_second(database: Database, job: Job) -> None:
    await bookmark(database, replace(job, images=job.images[1:]), 99)


async def test_a_turn_from_a_picture_that_is_gone_finds_nothing(database: Database) -> None:
    await shown_job(database)

    assert await page_of(database, turn=Turn(Direction.ONWARDS, ImageId("gone"))) == []


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        ("a Red Fox at dawn", "fox"),
        ("a Red Fox at dawn", "FOX red"),
        ("a Red Fox at dawn", "daw"),
        ("a café in Łódź", "cafe"),
        ("a cafe", "café"),
        ("ein Straßenfest", "strassen"),
        ("3d render, 4k", "3D 4k"),
        ("夜の東京の風景", "東京"),
        ("夜の東京の風景", "夜"),
        ("夜の東京の風景", "景"),
        ("ｆｕｌｌｗｉｄｔｈ", "fullwidth"),
        ("red-haired girl", "haired"),
    ],
)
async def test_a_picture_is_found_by_the_beginnings_of_its_words(
    database: Database, prompt: str, typed: str
) -> None:
    job = await shown_job(database, prompt)

    assert await page_of(database, replace(HISTORY, text=typed)) == ids([job])


@pytest.mark.parametrize("typed", ["wolf", "fox wolf", "ox", "red OR wolf", "京都"])
async def test_a_picture_is_not_found_by_words_it_lacks(database: Database, typed: str) -> None:
    await shown_job(database, "a red fox 東京")

    assert await page_of(database, replace(HISTORY, text=typed)) == []


@pytest.mark.parametrize(
    "typed",
    ["fox' OR 1=1 --", 'fox"', "fox*", "fox & !", "terms:fox", "(fox", "^fox", "'fox':A", "-fox"],
)
async def test_what_is_typed_is_words_and_never_operators(database: Database, typed: str) -> None:
    job = await shown_job(database, "a fox or 1 terms a")
    await shown_job(database, "a wolf")

    assert await page_of(database, replace(HISTORY, text=typed)) == ids([job])


async def test_a_query_without_any_word_filters_nothing(database: Database) -> None:
    job = await shown_job(database)

    assert await page_of(database, replace(HISTORY, text=" ?!* ")) == ids([job])


async def test_the_last_word_of_a_very_long_prompt_is_found(database: Database) -> None:
    long = " ".join(f"word{number}" for number in range(480))
    assert 3_700 < len(f"{long} zebra") <= 4_000
    job = await shown_job(database, f"{long} zebra")

    assert await page_of(database, replace(HISTORY, text="zebra word479")) == ids([job])


async def test_a_prompt_of_one_word_of_4000_letters_is_found(database: Database) -> None:
    job = await shown_job(database, "ж" * 4_000)

    assert await page_of(database, replace(HISTORY, text="ж" * 100)) == ids([job])


@one_database
@given(prompt=st.text(max_size=200), typed=st.text(max_size=100))
@example(prompt="İstanbul ﬁne ²³ ℌ", typed="\x00")
async def test_any_prompt_is_found_by_itself_and_any_query_is_answered(
    database: Database, prompt: str, typed: str
) -> None:
    prompt = prompt.replace("\x00", "").encode("utf-8", "replace").decode()
    job = await shown_job(database, prompt)

    assert job.images[0].id in await page_of(database, replace(HISTORY, text=prompt), limit=10_000)
    await page_of(database, replace(HISTORY, text=typed))


async def test_filters_by_model_and_style_in_either_case(database: Database) -> None:
    job = await shown_job(database, recipe=make_recipe(style="Film Noir"))

    for query in (
        replace(HISTORY, model=" Test-MODEL", style="film noir"),
        replace(HISTORY, style="FILM NOIR", text="fog"),
    ):
        assert await page_of(database, query) == ids([job])
    assert await page_of(database, replace(HISTORY, model="other")) == []
    assert await page_of(database, replace(HISTORY, style="Anime")) == []


async def test_a_deleted_job_is_found_by_nothing(database: Database) -> None:
    deleted = await shown_job(database, "a fox")
    other = await shown_job(database, "another fox")

    async with database.write() as tx:
        await tx.jobs.save_wiped(replace(deleted, deleted_at=NOW))

    for scope in (MINE, PUBLIC):
        assert await page_of(database, scope=scope) == ids([other])
        assert await page_of(database, replace(HISTORY, text="fox"), scope) == ids([other])


async def test_a_forgotten_job_is_found_by_nothing(database: Database) -> None:
    job = await shown_job(database, "a fox")
    other = await shown_job(database, "another fox")

    async with database.write() as tx:
        await tx.library.forget(job.id)

    assert await page_of(database, replace(HISTORY, text="fox")) == ids([other])
    assert await page_of(database) == ids([other])
