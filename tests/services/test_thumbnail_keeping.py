from pathlib import Path

from tests.services.house import House, make_place


async def test_thumbnails_that_no_record_names_are_removed(house: House, tmp_path: Path) -> None:
    job = await house.ask(make_place())
    await house.finish()
    [image] = (await house.job(job)).images
    assert image.picture is not None
    folder = tmp_path / "thumbnails"
    folder.mkdir()
    for sha256 in (image.picture.sha256, "ab" * 32):
        (folder / f"{sha256}.webp").write_bytes(b"small")

    assert await house.housekeeping.tidy_thumbnails() == 1

    assert [path.stem for path in folder.iterdir()] == [image.picture.sha256]
