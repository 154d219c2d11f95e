"""`python -m bot imagine` as a process."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from sandbox.venice.server import VeniceStandIn
from tests.wire.process import Stream, start_bot
from tests.wire.surroundings import KEY

END_S = 90.0


async def imagine(
    venice: VeniceStandIn, directory: Path, *arguments: str, key: str = KEY
) -> tuple[int, Sequence[str], Sequence[str]]:
    """The exit status, and the lines on both streams."""
    environment = {"VENICE_BASE_URL": venice.base_url, "VENICE_API_KEY": key}
    async with start_bot(
        directory=directory,
        environment=environment,
        arguments=("-m", "bot", "imagine", *arguments),
    ) as bot:
        status = await bot.exited(timeout_s=END_S)
    said, complained = (
        [line.text for line in bot.lines if line.stream is stream] for stream in Stream
    )
    return status, said, complained


async def test_a_picture_is_painted_into_the_file_and_told_of_in_one_line(
    venice: VeniceStandIn, tmp_path: Path
) -> None:
    status, said, complained = await imagine(
        venice, tmp_path, "a red fox", "--aspect", "16:9", "--seed", "7", "-o", "fox.webp"
    )

    assert (status, complained) == (0, [])
    with Image.open(tmp_path / "fox.webp") as picture:
        assert picture.size == (1280, 720)
    (line,) = said
    for part in ("1280×720", "seed 7", "$", "fox.webp"):
        assert part in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a fox", "--model", "no-such-model"), "no-such-model"),
        (("a fox", "--seed", "9999999999"), "9999999999"),
        (("a fox", "-o", "nowhere/fox.webp"), "nowhere/fox.webp cannot be written"),
    ],
)
async def test_what_is_wrong_is_said_in_one_line(
    venice: VeniceStandIn, tmp_path: Path, arguments: Sequence[str], words: str
) -> None:
    status, said, complained = await imagine(venice, tmp_path, *arguments)

    assert (status, said) == (1, [])
    (line,) = complained
    assert words in line


async def test_a_refused_key_is_said_and_not_shown(venice: VeniceStandIn, tmp_path: Path) -> None:
    status, _, complained = await imagine(venice, tmp_path, "a fox", key="wrong-key")

    assert status == 1
    assert "not configured" in complained[-1]
    assert "wrong-key" not in "\n".join(complained)
