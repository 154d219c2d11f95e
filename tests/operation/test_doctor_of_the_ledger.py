"""The doctor finds a ledger whose balances do not add up."""

import sqlite3
from pathlib import Path

from bot.doctor.finding import Verdict
from bot.doctor.machine import check_database
from bot.settings import Settings
from tests.services.house import make_place, open_house


async def test_balances_that_are_not_the_sums_of_their_entries_are_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "gondola.db"
    settings = Settings.model_validate(
        {"database_url": f"sqlite+aiosqlite:///{path}", "data_dir": tmp_path}
    )
    async with open_house(tmp_path) as house:
        await house.ask(make_place())
    assert (await check_database(settings)).verdict is Verdict.OK

    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE balances SET used_images = used_images + 1")
    connection.close()

    finding = await check_database(settings)
    assert finding.verdict is Verdict.FAULT
    assert "balances are not the sums of their entries" in finding.detail
