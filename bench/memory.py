"""The memory of one process that holds many answers at once: `python -m bench.memory ADDRESS`.

Prints, as JSON, the resident memory once one answer has been read (the baseline), and its
highest mark after all have been. Both are read from /proc, so this runs on Linux alone.
"""

import asyncio
import json
import subprocess
import sys
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.downloads import MB, UNLIMITED
from bench.loop import run
from bot.venice import GenerateImageRequest, VeniceClient

ANSWERS = 100
ANSWER_BYTES = 16 * MB

_KIB_PER_MB = 1024
_TIMEOUT_S = 40.0


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """Resident memory in MiB."""

    baseline_mb: float
    peak_mb: float

    @property
    def added_mb(self) -> float:
        """What the answers took."""
        return self.peak_mb - self.baseline_mb


def memory_of_answers_in_flight(address: str) -> MemoryUse:
    """Measured in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this Python, this module
        (sys.executable, "-m", "bench.memory", address),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=_TIMEOUT_S,
    )
    return MemoryUse(**json.loads(done.stdout))


async def _measure(address: str) -> MemoryUse:
    request = GenerateImageRequest(model="bench", prompt="a gondola", safe_mode=True)
    async with (
        VeniceClient(base_url=f"{address}/{ANSWER_BYTES}", limits=UNLIMITED) as client,
        AsyncExitStack() as held,
    ):
        first = await client.generate(request)
        await first.body.aclose()
        baseline_mb = _resident_mb("VmRSS")
        images = await asyncio.gather(*(client.generate(request) for _ in range(ANSWERS)))
        for image in images:
            held.push_async_callback(image.body.aclose)
        return MemoryUse(baseline_mb, _resident_mb("VmHWM"))


def _resident_mb(field: str) -> float:
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / _KIB_PER_MB
    raise RuntimeError(f"no {field} in /proc/self/status")


if __name__ == "__main__":
    print(json.dumps(asdict(run(_measure(sys.argv[1])))))
