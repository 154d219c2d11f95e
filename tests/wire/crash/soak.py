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
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.wire.crash.plan import JOBS, PAST_A_TOKEN, PAST_ALL_PHASES
from tests.wire.crash.voyage import Run, open_voyage
from tests.wire.process import REPOSITORY

PAGE = REPOSITORY / "docs" / "soak.md"
RUNS_A_VOYAGE = 20
"""After so many kills an empty directory is begun, which bounds what the page's run holds."""


_DOWN = {
    timedelta(): "for a moment",
    PAST_A_TOKEN: "for a quarter of an hour",
    PAST_ALL_PHASES: "for a day",
}


@dataclass(slots=True)
class Sums:
    """All runs together."""

    runs: int = 0
    took_s: float = 0.0
    anchors: Counter[str] = field(default_factory=Counter)
    jobs_at_kill: Counter[str] = field(default_factory=Counter)
    images_at_kill: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    downs: Counter[str] = field(default_factory=Counter)
    looked_at: Counter[str] = field(default_factory=Counter)
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
        self.downs[_DOWN[run.plan.down_for]] += 1
        self.counts += Counter(
            {
                "asked": found.unheard + found.unwritten + found.jobs,
                "jobs": found.jobs,
                "unheard": found.unheard,
                "unwritten": found.unwritten,
                "killed again": int(run.plan.is_killed_again),
                "billed and lost": found.billed_and_lost,
                "answered and lost": found.answered_and_lost,
            }
        )
        self.broken += [f"run {run.plan.number}: {promise}" for promise in found.broken]

    def end_voyage(self, last: Run) -> None:
        """Count what stands at the end of a voyage, which each of its audits had looked at."""
        self.looked_at += last.findings.looked_at


async def soak(*, runs: int, seed: int, at_once: int) -> Sums:
    """Sail until there are so many runs; the page is written after each voyage."""
    sums, began = Sums(), time.monotonic()
    berths = asyncio.Semaphore(at_once)

    async def sail(numbers: range) -> None:
        with tempfile.TemporaryDirectory() as directory:
            async with berths, open_voyage(Path(directory), seed=seed) as voyage:
                async for run in voyage.sail(numbers):
                    sums.add(run)
                    sys.stdout.write(f"run {run.plan.number}: {run.findings}\n")
                    sys.stdout.flush()
        sums.end_voyage(run)
        sums.took_s = time.monotonic() - began
        PAGE.write_text(page(sums, seed=seed, at=datetime.now(UTC)), "utf-8")

    async with asyncio.TaskGroup() as voyages:
        for first in range(0, runs, RUNS_A_VOYAGE):
            voyages.create_task(sail(range(first, min(first + RUNS_A_VOYAGE, runs))))
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
    rows |= dict(sorted(sums.looked_at.items()))
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
                downs=_listed(sums.downs),
                again=counts["killed again"],
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

`make soak` runs the bot as a process against a Discord and a Venice on loopback and asks it for up to {jobs} jobs of one to three images. Beside them, members work on their pictures with the image tools, vote, propose styles and fill in ballots, start battles and vote in them, enter pictures into contests and vote on those; of a channel in which everything is held, moderators approve and reject pictures; phases end early or by their time. The bot is killed (SIGKILL) at a moment drawn from a seed, started anew on the same data, in a quarter of the runs killed once more while it takes up what it left, and then has until every job has come to its end and no scheduled work is due. For the bot and for Discord no time, a quarter of an hour (interactions' tokens are dead) or a day (every phase has ended, what was held has expired) has gone by meanwhile. Then every promise is held against what Discord, Venice, the database and the disk say. `make test` does the same for two runs of fewer jobs.

Last result: {runs} runs with seed {seed} in {minutes} minutes, on {at}, on {machine}, with other work running. The kill was counted from what had been: {anchors}. The bot was down {downs}; in {again} runs it was killed again.
"""  # noqa: E501 - paragraphs of Markdown are not wrapped

_PROMISES = """\
## What is held

- Every job ends, or waits for moderators. A picture that was delivered stands in Discord once; of one that was not, the member is told, or a notice waits for their next command. So it is with pictures that tools made.
- No image is asked of Venice twice: its journal counts.
- What was delivered is charged to all accounts, what was lost to the bot and the server and not to the member; each image is opened and closed once on each account, every balance is the sum of its entries, and only what is held stays reserved.
- The image store holds what the records name and nothing else.
- A vote on a picture that its member was told of stands, nobody has a vote that they did not cast, and tallies are the sums of the votes that stand. A picture is on the starboard at most once, and once where it is recorded there.
- A held picture is in the queue, moderators are asked about it, and its review ends by itself; or it was decided on exactly once, by the log, and is delivered or refunded accordingly.
- A battle, a round and a contest that is not over has its next step scheduled. A battle's message shows its two pictures and, once it has ended, takes no votes; every vote that was told counts. Each phase of a round and of a contest is told once; proposals, ballots, entries and votes that were told stand; each winner of a contest has one prize.

## What is not

- **Billed and lost.** An image that is with Venice when the process dies is not asked for again, because Venice has no idempotency key and would bill it twice. Its member is refunded and the bot's budget bears it. Most of these are still being painted; the window that the bot could ever narrow is the one from Venice's answer to the record of the picture, counted in its line of the table. Venice notes an answer just before its first byte leaves, so the transfer is part of that window.
- **A power cut.** A kill leaves to the system what was written, and nothing of it is lost. A power cut can lose what was written in the last seconds: [decision 0042](decisions/0042-pictures-before-the-disk.md) says what, and how the bot notices.
- **Acknowledged and not written.** Discord wants its acknowledgement within three seconds, so it goes out before the job is written. Who is killed between the two has charged nothing and sent nothing; the member sees "thinking…" until Discord ends it, and asks again. So it is with a vote; and a vote may stand of which its member heard nothing.
- **Progress under a dead token.** Where a token dies while the bot is down, the result comes as a message of its own, and pictures that an earlier progress message showed stay in that one.
- **Counts on buttons** under a result are brought up to date by its next vote.
- **A decision that only the log has.** Where the bot is killed between a moderator's decision and its message, the message in the review channel still asks; a press there says that it is decided. A member who was not told by direct message is told at their next command.
- **Told again after a long pause.** A message that was sent and not recorded is sent again under the same nonce, by which Discord knows it for some minutes. A bot that was killed between the two and was down for longer may tell of a phase of a round or a contest twice, or ask moderators about a picture twice; two that press there still make one decision.
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
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    sums = asyncio.run(soak(runs=given.runs, seed=given.seed, at_once=given.at_once))
    return 1 if sums.broken else 0


if __name__ == "__main__":
    sys.exit(main())
