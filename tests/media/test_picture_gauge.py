from pathlib import Path

import pytest
from PIL import Image

from bot.domain.errors import PictureGone
from bot.domain.sizing import PixelSize
from bot.domain.tools.errors import PictureUnreadable
from bot.media.picture_gauge import PictureGauge
from tests.tool_values import make_stored


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP"])
async def test_a_kept_picture_is_measured_whatever_it_is_called(
    tmp_path: Path, image_format: str
) -> None:
    kept = tmp_path / "kept"
    Image.new("RGB", (300, 200), "teal").save(kept, image_format)

    assert await PictureGauge(lambda _: kept).size_of(make_stored()) == PixelSize(300, 200)


async def test_a_picture_that_is_not_kept_is_gone(tmp_path: Path) -> None:
    with pytest.raises(PictureGone):
        await PictureGauge(lambda _: tmp_path / "nothing").size_of(make_stored())


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"])
async def test_bytes_that_are_no_picture_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(content)

    with pytest.raises(PictureUnreadable):
        await PictureGauge(lambda _: kept).size_of(make_stored())
