"""The fault matrix as a page. `python -m tests.wire.faults.page` plays it all and writes it."""

import asyncio
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tests.wire.faults.house import Outcome
from tests.wire.faults.play import all_rows, play_all, whole_batches
from tests.wire.faults.rows import Key, Outcomes, Row
from tests.wire.process import REPOSITORY

PAGE = REPOSITORY / "docs" / "faults.md"

_HEAD = """\
# Faults

What a member sees when something goes wrong around the bot: each fault of Venice, of Discord's REST API and of its gateway, at each stage of `/imagine`, and those that differ at the image tools, at votes, at sharing and at reviews, played over real sockets against the bot as a process. The page is written by `make faults`; `make test` plays so many of those that do not wait long that each stage and each outcome is among them, and holds them to the page.

"Charged" says who bears the picture: the member's day, only the budgets of server and bot (Venice has billed, or may have), or nobody. Votes and sharing cost nothing.
"""  # noqa: E501 - paragraphs of Markdown are not wrapped

_TABLE = "| fault | stage | the member sees | charged |\n| --- | --- | --- | --- |"


def page_of(rows: Iterable[Row], outcomes: Outcomes) -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for side, members in groupby(rows, key=lambda row: row.side):
        lines = [_line(row, outcomes[row.key]) for row in members]
        parts.append("\n".join([f"## {side}", "", _TABLE, *lines, ""]))
    return "\n".join(parts)


def outcomes_on(page: str) -> Outcomes:
    """What a page says came of each row."""
    return dict(_outcomes(page))


def _outcomes(page: str) -> Iterator[tuple[Key, Outcome]]:
    side = ""
    for line in page.splitlines():
        if line.startswith("## "):
            side = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith(("| fault ", "| --- ")):
            fault, stage, seen, charged = (cell.strip() for cell in line.strip("|").split(" | "))
            yield (side, fault, stage), Outcome(seen, charged)


def _line(row: Row, outcome: Outcome) -> str:
    return f"| {row.fault} | {row.stage} | {outcome.seen} | {outcome.charged} |"


if __name__ == "__main__":
    rows = all_rows()
    with tempfile.TemporaryDirectory() as directory:
        outcomes = asyncio.run(play_all(whole_batches(rows), Path(directory)))
    PAGE.write_text(page_of(rows, outcomes), "utf-8")
