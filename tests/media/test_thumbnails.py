import hashlib
import os
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.jobs.stored_picture import StoredPicture
from bot.media.thumbnails import ThumbnailStore


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


def store(tmp_path: Path, *, limit_bytes: int = 1_000_000) -> ThumbnailStore:
    return ThumbnailStore(
        tmp_path / "thumbnails",
        path_of=lambda picture: tmp_path / "pictures" / picture.sha256,
        limit_bytes=limit_bytes,
    )


def keep(folder: Path, image: Image.Image, kind: str = "WEBP") -> StoredPicture:
    path = folder / "incoming"
    image.save(path, kind)
    return keep_bytes(folder, path.read_bytes())


def keep_bytes(folder: Path, content: bytes) -> StoredPicture:
    sha256 = hashlib.sha256(content).hexdigest()
    (folder / sha256).write_bytes(content)
    return StoredPicture(sha256=sha256, content_type="image/webp", size_bytes=len(content))


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "JPEG"])
async def test_a_thumbnail_keeps_the_shape(tmp_path: Path, pictures: Path, kind: str) -> None:
    picture = keep(pictures, Image.new("RGB", (1280, 720), "teal"), kind)

    path = await store(tmp_path).of(picture)

    assert path is not None
    with Image.open(path) as small:
        assert small.size == (512, 288)
        assert small.format == "WEBP"


async def test_a_small_picture_is_not_made_larger(tmp_path: Path, pictures: Path) -> None:
    path = await store(tmp_path).of(keep(pictures, Image.new("RGB", (100, 50))))

    assert path is not None
    with Image.open(path) as small:
        assert small.size == (100, 50)


async def test_what_is_see_through_stays_so(tmp_path: Path, pictures: Path) -> None:
    path = await store(tmp_path).of(
        keep(pictures, Image.new("RGBA", (600, 600), (0, 0, 0, 0)), "PNG")
    )

    assert path is not None
    with Image.open(path) as small:
        assert small.mode == "RGBA"


async def test_a_thumbnail_is_made_once_and_outlives_its_picture(
    tmp_path: Path, pictures: Path
) -> None:
    thumbnails = store(tmp_path)
    picture = keep(pictures, Image.new("RGB", (600, 600)))
    first = await thumbnails.of(picture)
    (pictures / picture.sha256).unlink()

    assert first is not None
    assert await thumbnails.of(picture) == first
    assert await thumbnails.hashes() == {picture.sha256}


async def test_a_picture_that_is_gone_has_none(tmp_path: Path, pictures: Path) -> None:
    gone = StoredPicture(sha256="ab", content_type="image/webp", size_bytes=1)

    assert await store(tmp_path).of(gone) is None
    assert list(pictures.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no picture", b"RIFF\x00\x00\x00\x00WEBPVP8 "])
async def test_a_picture_that_cannot_be_read_has_none(
    tmp_path: Path, pictures: Path, content: bytes
) -> None:
    thumbnails = store(tmp_path)

    assert await thumbnails.of(keep_bytes(pictures, content)) is None
    assert await thumbnails.hashes() == frozenset()


async def test_a_picture_cut_off_half_way_has_none(tmp_path: Path, pictures: Path) -> None:
    whole = keep(pictures, Image.effect_noise((600, 600), 50), "PNG")
    content = (pictures / whole.sha256).read_bytes()

    assert await store(tmp_path).of(keep_bytes(pictures, content[: len(content) // 2])) is None
    assert [path.suffix for path in (tmp_path / "thumbnails").iterdir()] == []


async def test_thumbnails_of_pictures_that_are_gone_go_too(tmp_path: Path, pictures: Path) -> None:
    thumbnails = store(tmp_path)
    kept = keep(pictures, Image.new("RGB", (600, 600), "teal"))
    gone = keep(pictures, Image.new("RGB", (600, 600), "red"))
    await thumbnails.of(kept)
    await thumbnails.of(gone)

    assert await thumbnails.tidy(gone={gone.sha256}) == 1
    assert await thumbnails.hashes() == {kept.sha256}


async def test_over_the_limit_the_least_used_go_first(tmp_path: Path, pictures: Path) -> None:
    colours = ("teal", "red", "gold")
    made = [keep(pictures, Image.new("RGB", (600, 600), colour)) for colour in colours]
    thumbnails = store(tmp_path)
    for age, picture in enumerate(made):
        path = await thumbnails.of(picture)
        assert path is not None
        os.utime(path, (1_000 + age, 1_000 + age))
    await thumbnails.of(made[0])
    size = sum(path.stat().st_size for path in (tmp_path / "thumbnails").iterdir())

    assert await store(tmp_path, limit_bytes=size - 1).tidy(gone=()) == 1
    assert await thumbnails.hashes() == {made[0].sha256, made[2].sha256}
