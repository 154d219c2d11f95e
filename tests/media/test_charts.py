"""Charts as pictures: that they open, and that what is more is drawn larger."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from bot.domain import palette
from bot.domain.chart import (
    BarChart,
    Chart,
    ColumnChart,
    GaugeBar,
    GaugeChart,
    Mark,
    Series,
)
from bot.media.charts import studio as studio_module
from bot.media.charts.studio import MatplotlibStudio

ROOT = Path(__file__).parents[2]
COLUMNS = ColumnChart(
    title="Images over time",
    subtitle="images per day",
    series=(Series("Images", (1, 4, 0, 2)),),
    time_marks=tuple(Mark(at, f"day {at}") for at in range(4)),
    value_marks=tuple(Mark(at, f"{at}") for at in range(5)),
)
STACKS = ColumnChart(
    title="Images by model",
    subtitle="images per day",
    series=tuple(Series(f"Model {at}", (1, 1, 1, 1)) for at in range(6)),
    time_marks=COLUMNS.time_marks,
    value_marks=tuple(Mark(at, f"{at}") for at in range(7)),
)
BARS = BarChart(
    title="Spending",
    subtitle="US dollars",
    names=("Alice", "Bob"),
    totals=("$3.00", "$1.00"),
    series=(Series("Flux", (2, 0.5)), Series("Turbo", (1, 0.5))),
    value_marks=tuple(Mark(at, f"${at}") for at in range(4)),
)
GAUGES = GaugeChart(
    bars=(
        GaugeBar("Images today", "15 of 20", "5 left", 0.5, 0.25),
        GaugeBar("Images this week", "20 of 20", "0 left", 1.0, 0.0),
        GaugeBar("Images this month", "40, no limit", "", None, 0.0),
    ),
    used="used",
    reserved="reserved",
    left="left",
)
EVERY_KIND = [COLUMNS, STACKS, BARS, GAUGES]


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[MatplotlibStudio]:
    async with MatplotlibStudio(tmp_path / "matplotlib") as opened:
        yield opened


async def drawn(studio: MatplotlibStudio, chart: Chart) -> Image.Image:
    return Image.open(io.BytesIO(await studio.draw(chart))).convert("RGB")


def rgb(colour: int) -> tuple[int, int, int]:
    return colour >> 16, colour >> 8 & 0xFF, colour & 0xFF


def pixels(picture: Image.Image, colour: int, *, left: int, right: int) -> int:
    """How many pixels between two columns of a picture have a colour."""
    part = picture.crop((left, 0, right, picture.height))
    return sum(
        count
        for count, found in part.getcolors(part.width * part.height) or ()
        if found == rgb(colour)
    )


def rows_with(picture: Image.Image, colour: int) -> list[int]:
    """The rows in which a colour runs on for long, as in a bar."""
    return [
        row
        for row in range(picture.height)
        if pixels(picture.crop((0, row, picture.width, row + 1)), colour, left=60, right=1_000) > 99
    ]


@pytest.mark.parametrize("chart", EVERY_KIND)
async def test_a_chart_is_as_wide_as_a_message_twice_and_small(
    studio: MatplotlibStudio, chart: Chart
) -> None:
    picture = await studio.draw(chart)

    assert len(picture) < 200_000
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.format == "PNG"
        assert opened.width == 1_100
        assert 200 < opened.height < 1_100
        assert opened.convert("RGB").getpixel((2, 2)) == rgb(palette.NIGHT)


async def test_a_column_is_as_high_as_its_value(studio: MatplotlibStudio) -> None:
    picture = await drawn(studio, COLUMNS)

    # Four columns share what is right of the scale.
    quarters = [(59 + 249 * at, 59 + 249 * (at + 1)) for at in range(4)]
    one, four, none, two = (
        pixels(picture, palette.SERIES[0], left=left, right=right) for left, right in quarters
    )
    assert none == 0
    assert four == pytest.approx(4 * one, rel=0.03)
    assert two == pytest.approx(2 * one, rel=0.03)


async def test_each_series_has_its_colour_and_the_rest_are_grey(studio: MatplotlibStudio) -> None:
    picture = await drawn(studio, STACKS)

    for colour in (*palette.SERIES, palette.OTHERS):
        assert pixels(picture, colour, left=0, right=1_100) > 5_000


async def test_a_bar_is_as_long_as_its_value(studio: MatplotlibStudio) -> None:
    picture = await drawn(studio, BARS)

    upper = picture.crop((0, 0, 1_100, picture.height - 60 - 62))
    lower = picture.crop((0, picture.height - 60 - 62, 1_100, picture.height))
    alices, bobs = (
        pixels(part, palette.SERIES[0], left=294, right=1_100) for part in (upper, lower)
    )
    assert alices == pytest.approx(4 * bobs, rel=0.08)


async def test_a_gauge_shows_used_reserved_and_left(studio: MatplotlibStudio) -> None:
    picture = await drawn(studio, GAUGES)

    [row] = {rows[len(rows) // 2] for rows in [rows_with(picture, palette.SERIES[0])]}
    half_way, three_quarters = 44 + 1_012 // 2, 44 + 3 * 1_012 // 4
    assert picture.getpixel((half_way - 40, row)) == rgb(palette.SERIES[0])
    assert picture.getpixel((three_quarters - 40, row)) == rgb(palette.LANTERN)
    assert picture.getpixel((three_quarters + 40, row)) == rgb(palette.RIPPLE)


async def test_what_is_used_up_is_red_and_what_has_no_limit_is_empty(
    studio: MatplotlibStudio,
) -> None:
    picture = await drawn(studio, GAUGES)

    used_up, track = rows_with(picture, palette.BRICK), rows_with(picture, palette.RIPPLE)
    assert len(used_up) == pytest.approx(34, abs=2)
    assert max(track) > max(used_up)


async def test_names_of_any_kind_are_drawn_as_they_are(studio: MatplotlibStudio) -> None:
    names = ("$x^2$ and $1", "漢字 🛶", "a very long name that has no room beside its bar at all")
    chart = BarChart(
        title="$5",
        subtitle="_{",
        names=names,
        totals=("$1", "$1", "$1"),
        series=(Series("\\alpha$", (1, 1, 1)),),
        value_marks=(Mark(0, "$0"), Mark(1, "$1")),
    )

    assert (await drawn(studio, chart)).width == 1_100


async def test_a_chart_is_drawn_once(
    studio: MatplotlibStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await asyncio.gather(studio.draw(COLUMNS), studio.draw(COLUMNS))
    assert first is second

    monkeypatch.setattr(studio_module, "KEPT", 1)
    await studio.draw(GAUGES)
    assert await studio.draw(COLUMNS) is not first
    assert await studio.draw(COLUMNS) == first


def test_the_first_chart_needs_no_home_and_says_nothing(tmp_path: Path) -> None:
    """In a process of its own, because matplotlib is loaded once."""
    script = (
        "import asyncio, sys, pathlib\n"
        "from bot.media.charts.studio import MatplotlibStudio\n"
        "from tests.media.test_charts import GAUGES\n"
        "async def main():\n"
        "    async with MatplotlibStudio(pathlib.Path(sys.argv[1])) as studio:\n"
        "        await studio.draw(GAUGES)\n"
        "assert 'matplotlib' not in sys.modules\n"
        "asyncio.run(main())\n"
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}
    }
    done = subprocess.run(  # noqa: S603 - this Python, the script above
        (sys.executable, "-W", "error", "-c", script, f"{tmp_path / 'fonts'}"),
        cwd=ROOT,
        env={**environment, "HOME": "/proc/nowhere"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    assert list((tmp_path / "fonts").glob("fontlist*"))
