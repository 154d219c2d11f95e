"""What members see of faults is what `docs/faults.md` says."""

from pathlib import Path

from tests.wire.faults.page import PAGE, outcomes_on
from tests.wire.faults.play import all_rows, play_all
from tests.wire.faults.rows import TAKING_LONG


def test_the_page_has_every_row_of_the_matrix_and_no_other() -> None:
    assert list(outcomes_on(PAGE.read_text("utf-8"))) == [row.key for row in all_rows()]


async def test_members_see_of_each_fault_what_the_page_says(tmp_path: Path) -> None:
    rows = [row for row in all_rows() if row.group not in TAKING_LONG]
    said = outcomes_on(PAGE.read_text("utf-8"))

    played = await play_all(rows, tmp_path)

    assert {each.row.key: each.outcome for each in played} == {
        row.key: said[row.key] for row in rows
    }
