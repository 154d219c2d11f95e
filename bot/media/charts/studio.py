"""Where charts are drawn: in one thread, the latest kept."""

import asyncio
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from bot.domain.chart import Chart

KEPT = 64
KEPT_BYTES = 4 * 1024 * 1024
"""How many pictures are remembered at most: each is some 30 kB, with thumbnails up to 300 kB."""


class MatplotlibStudio:
    """Draws with matplotlib, which is not to be used by two threads at once.

    The library is loaded with the first chart, in the thread: it takes a second and 40 MB that a
    bot without charts is spared.
    """

    def __init__(self, folder: Path) -> None:
        """A studio that keeps the library's list of fonts in `folder`."""
        self._folder = folder
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
        self._kept: OrderedDict[Chart, bytes] = OrderedDict()

    async def draw(self, chart: Chart) -> bytes:
        """A chart as a PNG file."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._picture, chart)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        """Take no more orders. What is being drawn is finished, and nobody waits for it."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _picture(self, chart: Chart) -> bytes:
        """What is kept is only touched in the one thread; the same chart is never drawn twice."""
        if chart in self._kept:
            self._kept.move_to_end(chart)
            return self._kept[chart]
        picture = self._drawn(chart)
        self._kept[chart] = picture
        while len(self._kept) > KEPT or sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return picture

    def _drawn(self, chart: Chart) -> bytes:
        # Without it the library writes to the home folder, and complains where it cannot.
        self._folder.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("MPLCONFIGDIR", f"{self._folder}")
        from bot.media.charts.drawing import png_of  # noqa: PLC0415 - loads matplotlib

        return png_of(chart)
