"""What one request costs the database, in statements: a number that does not grow unnoticed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from tests.behaviour.server import Server

STATEMENTS_A_PICTURE = 40
TRANSACTIONS_A_PICTURE = 9
"""It takes 34 and 8; both may be one or two more where something else is looked at meanwhile."""


@dataclass
class Counted:
    statements: list[str] = field(default_factory=list)
    transactions: int = 0

    def note_statement(
        self,
        _connection: Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        _context: object,
        _executemany: object,
    ) -> None:
        self.statements.append(statement)

    def note_commit(self, _connection: Connection) -> None:
        self.transactions += 1


@contextmanager
def counting() -> Iterator[Counted]:
    counted = Counted()
    event.listen(Engine, "before_cursor_execute", counted.note_statement)
    event.listen(Engine, "commit", counted.note_commit)
    try:
        yield counted
    finally:
        event.remove(Engine, "before_cursor_execute", counted.note_statement)
        event.remove(Engine, "commit", counted.note_commit)


async def test_a_picture_takes_few_statements_and_transactions(server: Server) -> None:
    await server.imagine("a red fox")  # Accounts are opened with the first.

    with counting() as counted:
        await server.imagine("a blue fox")

    assert 0 < len(counted.statements) <= STATEMENTS_A_PICTURE, "\n".join(counted.statements)
    assert 0 < counted.transactions <= TRANSACTIONS_A_PICTURE


async def test_four_pictures_do_not_take_four_times_as_many_statements(server: Server) -> None:
    await server.imagine("a red fox")

    with counting() as one:
        await server.imagine("a blue fox")
    with counting() as four:
        await server.imagine("a green fox", images=4)

    assert len(four.statements) < 3 * len(one.statements)
