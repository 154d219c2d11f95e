import os
from pathlib import Path

import pytest

from bot.domain.jobs.stored_picture import StoredPicture
from bot.media.picture_store import FRESH_S, MAX_AGE_S, PictureStore
from tests.services.painters import PlainBody


@pytest.fixture
async def store(tmp_path: Path) -> PictureStore:
    opened = PictureStore(tmp_path / "images", limit_bytes=25)
    await opened.open()
    return opened


def age(store: PictureStore, picture: StoredPicture, by_s: float) -> None:
    path = store.path_of(picture)
    moment = path.stat().st_mtime - by_s
    os.utime(path, (moment, moment))


async def test_a_kept_picture_lies_under_its_hash(store: PictureStore) -> None:
    picture = await store.keep(PlainBody(b"ten bytes!"))

    assert store.path_of(picture).name == picture.sha256
    assert store.path_of(picture).read_bytes() == b"ten bytes!"
    assert (picture.content_type, picture.size_bytes) == ("image/webp", 10)


async def test_the_same_picture_twice_is_kept_once(store: PictureStore, tmp_path: Path) -> None:
    first = await store.keep(PlainBody(b"ten bytes!"))
    second = await store.keep(PlainBody(b"ten bytes!"))

    assert first == second
    assert len(list((tmp_path / "images").glob("??/*"))) == 1


async def test_over_the_limit_the_least_recently_used_goes_first(store: PictureStore) -> None:
    pictures = [await store.keep(PlainBody(f"picture {n}.".encode())) for n in range(3)]
    for number, picture in enumerate(pictures):
        age(store, picture, by_s=2 * FRESH_S - number)

    assert await store.tidy(needed=frozenset()) == 1

    assert [store.path_of(picture).exists() for picture in pictures] == [False, True, True]


async def test_a_fresh_picture_stays_though_the_store_is_full(store: PictureStore) -> None:
    picture = await store.keep(PlainBody(b"x" * 100))

    assert await store.tidy(needed=frozenset()) == 0
    assert store.path_of(picture).exists()


async def test_a_picture_is_given_up_after_thirty_days(store: PictureStore) -> None:
    picture = await store.keep(PlainBody(b"old"))
    age(store, picture, by_s=MAX_AGE_S + 60)

    assert await store.tidy(needed=frozenset()) == 1
    assert not store.path_of(picture).exists()


async def test_what_an_unfinished_job_needs_stays_however_old(store: PictureStore) -> None:
    picture = await store.keep(PlainBody(b"needed"))
    age(store, picture, by_s=MAX_AGE_S + 60)

    assert await store.tidy(needed=frozenset({picture.sha256})) == 0
    assert store.path_of(picture).exists()


async def test_what_an_interrupted_write_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    left_over = tmp_path / "images" / "incoming" / "half"
    left_over.parent.mkdir(parents=True)
    left_over.write_bytes(b"half a pict")

    await PictureStore(tmp_path / "images", limit_bytes=25).open()

    assert not left_over.exists()


async def test_a_picture_that_is_let_go_is_no_longer_kept(store: PictureStore) -> None:
    picture = await store.keep(PlainBody(b"deleted"))
    assert await store.has(picture)

    await store.remove(picture)
    await store.remove(picture)

    assert not await store.has(picture)


async def test_pictures_that_no_record_names_are_let_go_by_their_hashes(
    store: PictureStore,
) -> None:
    old, new = [await store.keep(PlainBody(content)) for content in (b"old", b"new")]
    age(store, old, by_s=60)

    assert await store.hashes(older_than_s=30) == {old.sha256}
    assert await store.hashes(older_than_s=0) == {old.sha256, new.sha256}

    await store.remove_all(frozenset({old.sha256}))

    assert await store.hashes(older_than_s=0) == {new.sha256}
