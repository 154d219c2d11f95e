"""What a measurement prints: a table to read, and a line of JSON to compare."""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        name: what was measured.
        value: what came of it, in `unit`.
        unit: of the value and the goal.
        goal: the most that the value may be; None where there is none.
        context: what helps to read it.
        at_least: whether the goal is the least instead.
    """

    name: str
    value: float
    unit: str
    goal: float | None
    context: str
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the goal was met."""
        if self.goal is None:
            return ""
        met = self.value >= self.goal if self.at_least else self.value <= self.goal
        return "met" if met else "missed"

    @property
    def bound(self) -> str:
        """The goal as it is read."""
        if self.goal is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.goal:g} {self.unit}"


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as a table, and as a line of JSON."""
    head = ("measure", "value", "goal", "verdict", "context")
    lines = [
        head,
        *(
            (
                row.name,
                f"{row.value:.2f} {row.unit}",
                row.bound,
                row.verdict,
                row.context,
            )
            for row in rows
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in (lines[0], tuple("-" * width for width in widths), *lines[1:]):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print(f"| {' | '.join(cells)} |")
    print(json.dumps({row.name: round(row.value, 3) for row in rows}, ensure_ascii=False))
