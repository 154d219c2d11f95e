"""The long part: many kills, and a page of what was found. `python -m tests.wire.crash.soak`."""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.wire.crash.voyage import JOBS, Run, open_voyage
from tests.wire.process import REPOSITORY

PAGE = REPOSITORY / "docs" / "soak.md"
RUNS_A_VOYAGE = 20
"""After so many kills an empty directory is begun, which bounds what the page's run holds."""


@dataclass(slots=True)
class Sums:
    """All runs together."""

    runs: int = 0
    took_s: float = 0.0
    anchors: Counter[str] = field(default_factory=Counter)
    jobs_at_kill: Counter[str] = field(default_factory=Counter)
    images_at_kill: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, run: Run) -> None:
        """Count one run."""
        found = run.findings
        self.runs += 1
        self.anchors[run.plan.anchor] += 1
        self.jobs_at_kill += run.jobs_at_kill
        self.images_at_kill += run.images_at_kill
        self.images += found.images
        self.counts += Counter(
            {
                "asked": found.unheard + found.unwritten + found.jobs,
                "jobs": found.jobs,
                "unheard": found.unheard,
                "unwritten": found.unwritten,
                "with expired tokens": int(run.plan.tokens_expire),
                "billed and lost": found.billed_and_lost,
                "answered and lost": found.answered_and_lost,
            }
        )
        self.broken += [f"run {run.plan.number}: {promise}" for promise in found.broken]


async def soak(*, runs: int, seed: int) -> Sums:
    """Sail until there are so many runs; the page is written after each voyage."""
    sums, began = Sums(), time.monotonic()
    for first in range(0, runs, RUNS_A_VOYAGE):
        last = min(first + RUNS_A_VOYAGE, runs)
        with tempfile.TemporaryDirectory() as directory:
            async with open_voyage(Path(directory), seed=seed) as voyage:
                async for run in voyage.sail(range(first, last)):
                    sums.add(run)
                    sums.took_s = time.monotonic() - began
                    sys.stdout.write(f"run {run.plan.number}: {run.findings}\n")
                    sys.stdout.flush()
        PAGE.write_text(page(sums, seed=seed, at=datetime.now(UTC)), "utf-8")
    return sums


def page(sums: Sums, *, seed: int, at: datetime) -> str:
    """The page as Markdown."""
    counts = sums.counts
    rows = {
        "promises broken": len(sums.broken),
        "requests sent by members": counts["asked"],
        "of them not heard before the kill": counts["unheard"],
        "acknowledged and not yet written": counts["unwritten"],
        "written as jobs": counts["jobs"],
        "jobs at the kill, by state": _listed(sums.jobs_at_kill),
        "their images at the kill, by state": _listed(sums.images_at_kill),
        "all images in the end, by state": _listed(sums.images),
        "lost images that Venice billed": counts["billed and lost"],
        "lost images that Venice had answered before the kill": counts["answered and lost"],
    }
    table = [f"| {what} | {found} |" for what, found in rows.items()]
    broken = [f"- {promise}" for promise in sums.broken]
    return "\n".join(
        [
            _HEAD.format(
                jobs=JOBS,
                runs=sums.runs,
                seed=seed,
                minutes=round(sums.took_s / 60),
                at=f"{at:%Y-%m-%d}",
                machine=_machine(),
                anchors=_listed(sums.anchors),
                expired=counts["with expired tokens"],
            ),
            "| what | count |",
            "| --- | --- |",
            *table,
            "",
            *(*broken, "") * bool(broken),
            _PROMISES,
        ]
    )


_HEAD = """\
# Soak

`make soak` runs the bot as a process against a Discord and a Venice on loopback, asks it for up to {jobs} jobs of one to three images, kills it (SIGKILL) at a moment drawn from a seed, starts it anew on the same data and waits until every job has come to its end. Then every promise is held against what Discord, Venice and the disk say. `make test` does the same for a few runs.

Last result: {runs} runs with seed {seed} in {minutes} minutes, on {at}, on {machine}, with other work running. The kill was counted from what had been: {anchors}. In {expired} runs every interaction's token died while the bot was down.
"""  # noqa: E501 - paragraphs of Markdown are not wrapped

_PROMISES = """\
## What is held

- Every job ends. A picture that was delivered stands in Discord once; of one that was not, the member is told, or a notice waits for their next command.
- No image is asked of Venice twice: its journal counts.
- What was delivered is charged to all accounts, what was lost to the bot and the server and not to the member; each image is opened and closed once on each account, every balance is the sum of its entries, and nothing stays reserved.
- The image store holds what the records name and nothing else.

## What is not

- **Billed and lost.** An image that is with Venice when the process dies is not asked for again, because Venice has no idempotency key and would bill it twice. Its member is refunded and the bot's budget bears it. Most of these are still being painted; the window that the bot could ever narrow is the one from Venice's answer to the record of the picture, counted in the last line of the table. Venice notes an answer just before its first byte leaves, so the transfer is part of that window.
- **Acknowledged and not written.** Discord wants its acknowledgement within three seconds, so it goes out before the job is written. Who is killed between the two has charged nothing and sent nothing; the member sees "thinking…" until Discord ends it, and asks again.
- **Progress under a dead token.** Where a token dies while the bot is down, the result comes as a message of its own, and pictures that an earlier progress message showed stay in that one.
"""  # noqa: E501 - paragraphs of Markdown are not wrapped


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "none"


def _machine() -> str:
    return (
        f"{os.cpu_count()} shared cores of {platform.machine()} with"
        f" Python {platform.python_version()}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak and write the page; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.wire.crash.soak", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    sums = asyncio.run(soak(runs=given.runs, seed=given.seed))
    return 1 if sums.broken else 0


if __name__ == "__main__":
    sys.exit(main())
