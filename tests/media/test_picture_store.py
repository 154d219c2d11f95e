import os
from pathlib import Path

import pytest

from bot.domain.jobs.stored_picture import StoredPicture
from bot.media.picture_store import FRESH_S, MAX_AGE_S, PictureStore
from bot.media.syncing import MARK, PictureSync
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


def set_mark(store: PictureStore, hours_ago: int) -> None:
    """Say up to when all is on disk."""
    moment = mark_of(store).stat().st_mtime - 3_600 * hours_ago
    os.utime(mark_of(store), (moment, moment))


def mark_of(store: PictureStore) -> Path:
    return store._folder / MARK


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


async def test_a_picture_that_is_short_is_not_kept(store: PictureStore) -> None:
    picture = await store.keep(PlainBody(b"ten bytes!"))
    assert await store.has(picture)

    os.truncate(store.path_of(picture), 4)

    assert not await store.has(picture)


@pytest.mark.parametrize("left", [b"", b"ten ", bytes(10)], ids=["empty", "short", "zeros"])
async def test_what_a_power_cut_left_of_a_picture_is_removed_at_the_next_start(
    store: PictureStore, tmp_path: Path, left: bytes
) -> None:
    broken = await store.keep(PlainBody(b"ten bytes!"))
    whole = await store.keep(PlainBody(b"another picture"))
    store.path_of(broken).write_bytes(left)

    await PictureStore(tmp_path / "images", limit_bytes=25).open()

    assert not await store.has(broken)
    assert store.path_of(whole).read_bytes() == b"another picture"


async def test_what_is_on_disk_is_not_read_at_a_start(store: PictureStore, tmp_path: Path) -> None:
    set_mark(store, hours_ago=2)
    picture = await store.keep(PlainBody(b"ten bytes!"))
    path = store.path_of(picture)
    path.write_bytes(b"not those!")
    age(store, picture, by_s=3_600)
    sync = PictureSync(tmp_path / "images")
    sync.note(path)
    await sync.sync()

    await PictureStore(tmp_path / "images", limit_bytes=25).open()

    assert path.read_bytes() == b"not those!"


async def test_a_store_that_waited_for_the_disk_is_taken_as_it_is(tmp_path: Path) -> None:
    older = tmp_path / "images" / "ab" / "abcdef"
    older.parent.mkdir(parents=True)
    older.write_bytes(b"of a version without a mark")

    await PictureStore(tmp_path / "images", limit_bytes=25).open()

    assert older.exists()


async def test_a_picture_that_is_deleted_before_it_is_on_disk_is_none_to_wait_for(
    store: PictureStore, tmp_path: Path
) -> None:
    set_mark(store, hours_ago=2)
    before_s = mark_of(store).stat().st_mtime
    sync = PictureSync(tmp_path / "images")
    gone, there = [await store.keep(PlainBody(each)) for each in (b"gone", b"there")]
    sync.note(store.path_of(gone))
    await store.remove(gone)
    sync.note(store.path_of(there))

    await sync.sync()

    assert await store.has(there)
    assert mark_of(store).stat().st_mtime > before_s


async def test_after_a_picture_that_did_not_get_to_the_disk_the_next_start_looks(
    store: PictureStore, tmp_path: Path
) -> None:
    set_mark(store, hours_ago=2)
    sync = PictureSync(tmp_path / "images")
    broken, later = [await store.keep(PlainBody(each)) for each in (b"broken", b"later")]
    # What cannot be opened is not put on the disk either.
    store.path_of(broken).unlink()
    store.path_of(broken).symlink_to(store.path_of(broken))
    sync.note(store.path_of(broken))
    await sync.sync()
    sync.note(store.path_of(later))
    await sync.sync()
    store.path_of(broken).unlink()
    store.path_of(later).write_bytes(b"other")
    age(store, later, by_s=3_600)

    await PictureStore(tmp_path / "images", limit_bytes=25).open()

    assert not await store.has(later)


async def test_without_its_mark_pictures_are_kept_on(store: PictureStore, tmp_path: Path) -> None:
    sync = PictureSync(tmp_path / "images")
    mark_of(store).unlink()
    picture = await store.keep(PlainBody(b"ten bytes!"))
    sync.note(store.path_of(picture))

    await sync.sync()

    assert await store.has(picture)
    assert not mark_of(store).exists()


async def test_what_cannot_be_kept_leaves_nothing_behind(
    store: PictureStore, tmp_path: Path
) -> None:
    picture = await store.keep(PlainBody(b"ten bytes!"))
    # A folder is where the picture belongs.
    store.path_of(picture).unlink()
    store.path_of(picture).mkdir()

    with pytest.raises(OSError, match="director"):
        await store.keep(PlainBody(b"ten bytes!"))

    assert list((tmp_path / "images" / "incoming").iterdir()) == []


async def test_what_cannot_be_read_at_a_start_is_let_go(
    store: PictureStore, tmp_path: Path
) -> None:
    broken = await store.keep(PlainBody(b"broken"))
    store.path_of(broken).unlink()
    store.path_of(broken).symlink_to(tmp_path)
    whole = await store.keep(PlainBody(b"whole"))

    await PictureStore(tmp_path / "images", limit_bytes=25).open()

    assert await store.has(whole)
    assert not store.path_of(broken).is_symlink()
