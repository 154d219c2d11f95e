import asyncio
import random
import threading
from pathlib import Path

import pytest
from PIL import Image

from bot.media import fitting
from bot.media.fitting import PictureFitter, PictureUnfitError


@pytest.fixture
async def fitter(tmp_path: Path) -> PictureFitter:
    fitter = PictureFitter(tmp_path / "fitting")
    await fitter.open()
    return fitter


def noise(side_px: int = 256, mode: str = "RGB") -> Image.Image:
    """A picture that no format makes small."""
    pixels = random.Random(7).randbytes(side_px * side_px * len(mode))  # noqa: S311 - only noise
    return Image.frombytes(mode, (side_px, side_px), pixels)


def saved(folder: Path, image: Image.Image, kind: str = "PNG") -> Path:
    path = folder / "original"
    image.save(path, kind)
    return path


async def test_a_copy_fits_and_keeps_the_size_in_pixels_if_it_can(
    fitter: PictureFitter, tmp_path: Path
) -> None:
    original = saved(tmp_path, noise())

    async with fitter.copy(original, limit_bytes=100_000) as copy:
        assert copy.size_bytes == copy.path.stat().st_size <= 100_000
        with Image.open(copy.path) as shown:
            assert (shown.format, shown.size) == ("WEBP", (256, 256))


async def test_a_copy_is_scaled_where_quality_is_not_enough(
    fitter: PictureFitter, tmp_path: Path
) -> None:
    original = saved(tmp_path, noise())

    async with fitter.copy(original, limit_bytes=10_000) as copy:
        assert copy.size_bytes <= 10_000
        with Image.open(copy.path) as shown:
            assert shown.width == shown.height < 256


@pytest.mark.parametrize("limit_bytes", [120_000, 20_000])
async def test_a_cut_out_stays_see_through(
    fitter: PictureFitter, tmp_path: Path, limit_bytes: int
) -> None:
    cut_out = noise()
    half = Image.new("L", cut_out.size, 255)
    half.paste(0, (0, 0, 128, 256))
    cut_out.putalpha(half)

    async with fitter.copy(saved(tmp_path, cut_out), limit_bytes=limit_bytes) as copy:
        with Image.open(copy.path) as shown:
            alpha = shown.getchannel("A")
            assert alpha.getpixel((2, shown.height // 2)) == 0
            assert alpha.getpixel((shown.width - 2, shown.height // 2)) == 255


async def test_a_palette_with_something_see_through_keeps_it(
    fitter: PictureFitter, tmp_path: Path
) -> None:
    path = tmp_path / "original"
    Image.new("P", (64, 64)).save(path, "PNG", transparency=0)

    async with fitter.copy(path, limit_bytes=10_000) as copy:
        with Image.open(copy.path) as shown:
            assert shown.getchannel("A").getextrema() == (0, 0)


async def test_what_the_server_lets_be_embedded_is_kept(
    fitter: PictureFitter, tmp_path: Path
) -> None:
    about = Image.Exif()
    about[0x010E] = "a red fox"
    path = tmp_path / "original"
    noise().save(path, "PNG", exif=about, icc_profile=b"profile")

    async with fitter.copy(path, limit_bytes=100_000) as copy:
        with Image.open(copy.path) as shown:
            assert shown.getexif()[0x010E] == "a red fox"
            assert shown.info["icc_profile"] == b"profile"


async def test_nothing_is_left_once_the_message_is_sent(
    fitter: PictureFitter, tmp_path: Path
) -> None:
    async with fitter.copy(saved(tmp_path, noise()), limit_bytes=100_000) as copy:
        assert copy.path.exists()

    assert list((tmp_path / "fitting").iterdir()) == []


async def test_what_an_interrupted_message_left_behind_goes_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "fitting"
    folder.mkdir()
    (folder / "left-over.webp").write_bytes(b"half a picture")

    await PictureFitter(folder).open()

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"no picture at all", b"\x89PNG\r\n\x1a\n"])
async def test_what_is_no_picture_cannot_be_made_to_fit(
    fitter: PictureFitter, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "original"
    path.write_bytes(content)

    with pytest.raises(PictureUnfitError):
        async with fitter.copy(path, limit_bytes=10):
            pass


async def test_half_a_picture_cannot_be_made_to_fit(fitter: PictureFitter, tmp_path: Path) -> None:
    path = saved(tmp_path, noise())
    path.write_bytes(path.read_bytes()[:50_000])

    with pytest.raises(PictureUnfitError):
        async with fitter.copy(path, limit_bytes=10_000):
            pass


async def test_a_limit_that_no_picture_has_is_told(fitter: PictureFitter, tmp_path: Path) -> None:
    with pytest.raises(PictureUnfitError, match="does not fit into 10 bytes"):
        async with fitter.copy(saved(tmp_path, noise()), limit_bytes=10):
            pass


async def test_a_picture_that_is_no_longer_kept_is_told_apart(
    fitter: PictureFitter, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        async with fitter.copy(tmp_path / "gone", limit_bytes=10):
            pass


async def test_one_picture_is_decoded_at_a_time(
    fitter: PictureFitter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = saved(tmp_path, noise(64))
    write, counting = fitting._write_fitting, threading.Lock()
    at_once, most = 0, 0

    def counted(source: Path, path: Path, limit_bytes: int) -> int:
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)
        try:
            return write(source, path, limit_bytes)
        finally:
            with counting:
                at_once -= 1

    async def copied() -> None:
        async with fitter.copy(original, limit_bytes=5_000):
            pass

    monkeypatch.setattr(fitting, "_write_fitting", counted)
    await asyncio.gather(*(copied() for _ in range(4)))

    assert most == 1
