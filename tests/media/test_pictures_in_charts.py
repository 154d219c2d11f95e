"""Small pictures beside the bars of a chart, and side by side in a strip."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.chart import BarChart, Mark, Series
from bot.media.charts import studio as studio_module
from bot.media.charts.studio import MatplotlibStudio
from bot.media.strips import GAP_PX, SIDE_PX, StripMaker

CHART = BarChart(
    title="Styles",
    subtitle="by votes",
    names=("1. Noir", "2. Oils"),
    totals=("50%", "25%"),
    series=(Series("Styles", (0.5, 0.25)),),
    value_marks=(Mark(0, "0%"), Mark(1, "100%")),
)
RED, BLUE = (200, 20, 20), (20, 20, 200)


def two_coloured(path: Path) -> Path:
    """Red above blue, and wider than high."""
    made = Image.new("RGB", (300, 200), RED)
    made.paste(BLUE, (0, 100, 300, 200))
    made.save(path, "WEBP", lossless=True)
    return path


def coloured(picture: Image.Image, colour: tuple[int, int, int]) -> list[tuple[int, int]]:
    """Where a picture has a colour, or almost."""
    pixels = picture.convert("RGB").load()
    assert pixels is not None
    return [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if all(abs(a - b) < 12 for a, b in zip(pixels[x, y], colour, strict=True))  # type: ignore[arg-type] # of an RGB picture
    ]


async def test_a_thumbnail_stands_upright_beside_its_name(tmp_path: Path) -> None:
    pictured = replace(CHART, pictures=(two_coloured(tmp_path / "a.webp"), None))

    async with MatplotlibStudio(tmp_path / "matplotlib") as studio:
        drawn = Image.open(io.BytesIO(await studio.draw(pictured)))

    red, blue = coloured(drawn, RED), coloured(drawn, BLUE)
    assert len(red) == len(blue) > 3_000
    assert max(y for _, y in red) < min(y for _, y in blue) < drawn.height / 2 + 100
    assert {x for x, _ in red} == {x for x, _ in blue}


async def test_a_thumbnail_that_cannot_be_read_leaves_its_place_empty(tmp_path: Path) -> None:
    broken, bomb = tmp_path / "broken.webp", tmp_path / "bomb.webp"
    broken.write_bytes(b"RIFF")
    Image.new("1", (4, 4)).save(bomb, "PNG")
    pictured = replace(CHART, pictures=(broken, bomb))

    async with MatplotlibStudio(tmp_path / "matplotlib") as studio:
        assert Image.open(io.BytesIO(await studio.draw(pictured))).width == 1_100


async def test_the_charts_that_are_remembered_take_only_so_much_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with MatplotlibStudio(tmp_path / "matplotlib") as studio:
        first = await studio.draw(CHART)
        assert await studio.draw(CHART) is first
        monkeypatch.setattr(studio_module, "KEPT_BYTES", len(first) + 10)
        await studio.draw(replace(CHART, title="Others"))
        assert await studio.draw(CHART) is not first


async def test_a_strip_has_the_middle_of_each_picture_in_a_row(tmp_path: Path) -> None:
    one, gone = two_coloured(tmp_path / "a.webp"), tmp_path / "gone.webp"

    strip = Image.open(io.BytesIO(await StripMaker().joined([one, gone, one])))

    assert strip.size == (2 * SIDE_PX + GAP_PX, SIDE_PX)
    assert await StripMaker().joined([gone]) == b""
