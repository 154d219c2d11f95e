"""What making a picture fit costs over a bare WebP encoding by Pillow: `python -m bench.fitting`.

Each way runs in processes of its own, which take turns, so that what else the machine does falls
on all of them and no way inherits another's memory. Memory is read from /proc: Linux alone.
"""

import asyncio
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from bot.domain.jobs.uploads import MIB
from bot.media.fitting import PictureFitter

SIDE_PX = 4_096
_GRAIN_PX = 2
"""Each grain of noise covers this many pixels, so that the picture is neither flat nor hopeless."""

_TURNS = 7
_TIMEOUT_S = 120.0
_KIB_PER_MIB = 1_024
_QUALITY = 90
_WAYS = {"bare": None, "first step": 20 * MIB, "by quality": 6 * MIB, "scaled": MIB}
"""How the picture is written, and into how many bytes it must fit."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds, MiB of memory over the start, and MiB of the file written."""

    seconds: float
    added_mib: float
    written_mib: float


def main() -> None:
    """Measure, and print a table and a line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "original.png"
        _paint().save(original, "PNG", compress_level=1)
        print(
            f"{SIDE_PX} × {SIDE_PX}, {original.stat().st_size / MIB:.1f} MiB as PNG, {_TURNS} turns"
        )
        runs = [{way: _in_a_process(way, original) for way in _WAYS} for _ in range(_TURNS)]
    rows = {way: _median([run[way] for run in runs]) for way in _WAYS}
    print("| way | time ÷ bare | memory ÷ bare | seconds | memory over the start | written |")
    print("| --- | --- | --- | --- | --- | --- |")
    for way, cost in rows.items():
        print(
            f"| {way} | {cost.seconds / rows['bare'].seconds:.2f} × "
            f"| {cost.added_mib / rows['bare'].added_mib:.2f} × | {cost.seconds:.2f} s "
            f"| {cost.added_mib:.0f} MiB | {cost.written_mib:.2f} MiB |"
        )
    print(json.dumps({way: asdict(cost) for way, cost in rows.items()}))


def _paint() -> Image.Image:
    """A picture of coloured grain, the same each time."""
    side_px = SIDE_PX // _GRAIN_PX
    grain = Image.frombytes("RGB", (side_px, side_px), random.Random(7).randbytes(3 * side_px**2))  # noqa: S311 - only noise
    soft = Image.blend(grain, Image.new("RGB", grain.size, "teal"), 0.7)
    return soft.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC)


def _in_a_process(way: str, original: Path) -> Cost:
    done = subprocess.run(  # noqa: S603 - this Python, this module
        (sys.executable, "-m", "bench.fitting", way, f"{original}"),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=_TIMEOUT_S,
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        seconds=statistics.median(cost.seconds for cost in costs),
        added_mib=statistics.median(cost.added_mib for cost in costs),
        written_mib=statistics.median(cost.written_mib for cost in costs),
    )


def measure(way: str, original: Path) -> Cost:
    """What one way takes, in this process."""
    Image.init()
    limit_bytes = _WAYS[way]
    before_mib, started_s = _highest_mib(), time.perf_counter()
    if limit_bytes is None:
        written_bytes = _write_bare(original)
    else:
        written_bytes = asyncio.run(_write_fitting(original, limit_bytes))
    taken_s = time.perf_counter() - started_s
    return Cost(taken_s, _highest_mib() - before_mib, written_bytes / MIB)


def _write_bare(original: Path) -> int:
    path = original.with_suffix(".webp")
    with Image.open(original) as opened:
        opened.save(path, "WEBP", quality=_QUALITY)
    return path.stat().st_size


async def _write_fitting(original: Path, limit_bytes: int) -> int:
    fitter = PictureFitter(original.parent / "fitting")
    await fitter.open()
    async with fitter.copy(original, limit_bytes=limit_bytes) as copy:
        return copy.size_bytes


def _highest_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(asdict(measure(sys.argv[1], Path(sys.argv[2])))))
    else:
        main()
