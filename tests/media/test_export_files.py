"""Files of exports: never over their limit, and nothing left behind."""

import zipfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.domain.ids import ImageId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.privacy import ExportRow, ExportTooLarge
from bot.media.export_files import ExportFiles

SIZE = 40_000


async def documents(rows: int = 3) -> AsyncIterator[tuple[str, Sequence[ExportRow]]]:
    for table in ("jobs", "votes"):
        yield table, [{"id": number} for number in range(rows)]
        yield table, [{"id": rows}]


def pictures(folder: Path, *sizes: int) -> list[tuple[ImageId, StoredPicture]]:
    made = []
    for number, size in enumerate(sizes):
        (folder / f"{number}").write_bytes(bytes([number]) * size)
        picture = StoredPicture(sha256=f"{number}", content_type="image/webp", size_bytes=size)
        made.append((ImageId(f"image-{number}"), picture))
    return made


@pytest.fixture
async def files(tmp_path: Path) -> ExportFiles:
    store = tmp_path / "store"
    store.mkdir()
    opened = ExportFiles(tmp_path / "exports", path_of=lambda picture: store / picture.sha256)
    await opened.open()
    return opened


async def test_each_file_keeps_to_its_limit_and_the_next_goes_on(
    files: ExportFiles, tmp_path: Path
) -> None:
    all_of_them = pictures(tmp_path / "store", *[SIZE] * 5)
    first = await files.pack(documents(), all_of_them, limit_bytes=100_000)
    assert first.path.stat().st_size <= 100_000
    assert (first.pictures, first.missing, first.more) == (2, 0, True)
    assert first.last_image == "image-1"
    with zipfile.ZipFile(first.path) as archive:
        assert archive.read("records/jobs.jsonl").splitlines()[-1] == b'{"id": 3}'
        assert archive.read("pictures/image-1.webp") == b"\x01" * SIZE
        assert archive.testzip() is None

    second = await files.pack(None, all_of_them[2:], limit_bytes=200_000)
    assert (second.pictures, second.more, second.last_image) == (3, False, "image-4")
    for part in (first, second):
        await files.discard(part)
    assert list((tmp_path / "exports").iterdir()) == []


async def test_what_is_gone_or_too_large_is_counted_and_passed(
    files: ExportFiles, tmp_path: Path
) -> None:
    some = pictures(tmp_path / "store", SIZE, 10 * SIZE, SIZE)
    (tmp_path / "store" / "0").unlink()

    part = await files.pack(None, some, limit_bytes=100_000)

    assert (part.pictures, part.missing, part.more) == (1, 2, False)


async def test_documents_that_do_not_fit_are_refused_and_leave_nothing(
    files: ExportFiles, tmp_path: Path
) -> None:
    with pytest.raises(ExportTooLarge):
        await files.pack(documents(500), [], limit_bytes=1_000)
    assert list((tmp_path / "exports").iterdir()) == []
