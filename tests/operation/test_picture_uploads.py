"""Pictures on their way to Discord: what is left of them once they have arrived."""

from pathlib import Path

import discord
import pytest

from bot.domain.ids import ImageId
from bot.domain.jobs.job import ImageState, JobImage
from bot.media.fitting import PictureFitter
from bot.services.ports import ShownImage
from bot.ui.results.uploads import MOST_IN_MEMORY_BYTES, Loader
from tests.tool_values import make_stored


def shown(path: Path, size_bytes: int) -> ShownImage:
    path.write_bytes(bytes(size_bytes))
    image = JobImage(
        id=ImageId("image-1"),
        position=0,
        seed=1,
        state=ImageState.STORED,
        picture=make_stored(size_bytes=size_bytes),
    )
    return ShownImage(image, path)


@pytest.mark.parametrize("size_bytes", [1_000, MOST_IN_MEMORY_BYTES + 1], ids=["small", "large"])
async def test_a_picture_that_was_sent_is_let_go_of_at_once(
    tmp_path: Path, size_bytes: int
) -> None:
    loader = Loader(PictureFitter(tmp_path))
    item = shown(tmp_path / "picture", size_bytes)

    async with loader.load((item,), {}, description="a fox", file_limit_bytes=size_bytes) as load:
        [file] = load.files
        assert isinstance(file, discord.File)
        assert len(file.fp.read()) == size_bytes

    assert file.fp.closed
