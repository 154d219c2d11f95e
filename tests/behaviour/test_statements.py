"""What one request costs the database, in statements: a number that does not grow unnoticed."""

from tests.behaviour.server import Server
from tests.executed import listening

STATEMENTS_A_PICTURE = 29
TRANSACTIONS_A_PICTURE = 9
"""It takes 26 and 6; both are more where a slow picture's progress is shown meanwhile."""


async def test_a_picture_takes_few_statements_and_transactions(server: Server) -> None:
    await server.imagine("a red fox")  # Accounts are opened with the first.

    with listening() as executed:
        await server.imagine("a blue fox")

    assert 0 < len(executed.statements) <= STATEMENTS_A_PICTURE, "\n".join(
        sql for sql, _ in executed.statements
    )
    assert 0 < executed.transactions <= TRANSACTIONS_A_PICTURE


async def test_four_pictures_do_not_take_four_times_as_many_statements(server: Server) -> None:
    await server.imagine("a red fox")

    with listening() as one:
        await server.imagine("a blue fox")
    with listening() as four:
        await server.imagine("a green fox", images=4)

    assert len(four.statements) < 3 * len(one.statements)
