"""What members see of faults is what `docs/faults.md` says."""

from pathlib import Path

from tests.wire.faults.page import PAGE, outcomes_on
from tests.wire.faults.play import all_rows, play_all, telling_batches


def test_the_page_has_every_row_of_the_matrix_and_no_other() -> None:
    assert list(outcomes_on(PAGE.read_text("utf-8"))) == [row.key for row in all_rows()]


async def test_members_see_of_each_fault_what_the_page_says(tmp_path: Path) -> None:
    said = outcomes_on(PAGE.read_text("utf-8"))

    seen = await play_all(telling_batches(all_rows(), said), tmp_path)

    assert seen == {key: said[key] for key in seen}
