"""The fault matrix as a page. `python -m tests.wire.faults.page` plays it all and writes it."""

import asyncio
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tests.wire.faults.house import Outcome
from tests.wire.faults.play import all_rows, play_all
from tests.wire.faults.rows import Outcomes, Played
from tests.wire.process import REPOSITORY

PAGE = REPOSITORY / "docs" / "faults.md"

_HEAD = """\
# Faults

What a member sees when something goes wrong around the bot: each fault of Venice, of Discord's REST API and of its gateway, at each stage of `/imagine`, played over real sockets against the bot as a process. The page is written by `make faults`; `make test` plays all but the rows that wait long and holds the page to what they give.

"Charged" says who bears the picture: the member's day, only the budgets of server and bot (Venice has billed, or may have), or nobody.
"""  # noqa: E501 - paragraphs of Markdown are not wrapped

_TABLE = "| fault | stage | the member sees | charged |\n| --- | --- | --- | --- |"


def page_of(played: Iterable[Played]) -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for side, rows in groupby(played, key=lambda each: each.row.side):
        lines = [_line(each) for each in rows]
        parts.append("\n".join([f"## {side}", "", _TABLE, *lines, ""]))
    return "\n".join(parts)


def outcomes_on(page: str) -> Outcomes:
    """What a page says came of each row."""
    return dict(_outcomes(page))


def _outcomes(page: str) -> Iterator[tuple[tuple[str, str, str], Outcome]]:
    side = ""
    for line in page.splitlines():
        if line.startswith("## "):
            side = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith(("| fault ", "| --- ")):
            fault, stage, seen, charged = (cell.strip() for cell in line.strip("|").split(" | "))
            yield (side, fault, stage), Outcome(seen, charged)


def _line(each: Played) -> str:
    outcome = each.outcome
    return f"| {each.row.fault} | {each.row.stage} | {outcome.seen} | {outcome.charged} |"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        PAGE.write_text(page_of(asyncio.run(play_all(all_rows(), Path(directory)))), "utf-8")
