"""The findings as lines for the terminal."""

from collections.abc import Iterator, Sequence

from bot.doctor.finding import Finding


def table(findings: Sequence[Finding]) -> Iterator[str]:
    """One line a finding, columns aligned; control characters of names are left out."""
    rows = [("check", "result", "found", "what to do")]
    rows += [
        (_plain(each.name), each.verdict.value, _plain(each.detail), each.what_to_do)
        for each in findings
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
