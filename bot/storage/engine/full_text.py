"""Full-text search, which each database spells its own way: FTS5 on SQLite, tsvector on PostgreSQL.

Both index the column `job_index.terms`: the terms of `bot.domain.library.search_terms` with blanks
between them. Neither database's own parser takes anything apart, so that both find the same, and
a query is made of letters and digits alone, so that it holds no operator of either.

The SQLite table and the PostgreSQL index stand outside SQLAlchemy's metadata, which has no words
for them; the migration makes them, and triggers keep SQLite's in step with the column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    any_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library.search_terms import index_terms, query_terms
from bot.storage.tables import job_index

_SQLITE_TABLE = "job_terms"
_POSTGRESQL_INDEX = "ix_job_index_terms"

_FEW = 2_000
_MATCHING = f"SELECT rowid FROM {_SQLITE_TABLE} WHERE {_SQLITE_TABLE} MATCH :terms"  # noqa: S608 - a constant
_FOUND = text(_MATCHING)
_COUNTED = text(f"SELECT count(*) FROM ({_MATCHING} LIMIT {_FEW + 1})")  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class Match:
    """That a prompt has the words.

    Attributes:
        condition: of rows of `job_index`.
        by_number: whether they are looked up by their numbers, so that the first of many are
            there soonest in the order of these.
    """

    condition: ColumnElement[bool]
    by_number: bool = False


def indexed_terms(prompt: str) -> str:
    """What `job_index.terms` holds of a prompt."""
    return " ".join(index_terms(prompt))


async def matches(connection: AsyncConnection, typed: str) -> Match | None:
    """How prompts with words beginning like those typed are found; None if none were."""
    terms = query_terms(typed)
    if not terms:
        return None
    if connection.dialect.name == "postgresql":
        return await _postgresql(connection, terms)
    return await _sqlite(connection, terms)


def is_in_metadata(name: str | None, type_: str, _parents: object = None) -> bool:
    """Whether SQLAlchemy's metadata is to know a table or an index, for comparing schemas."""
    if type_ == "table":
        return not (name or "").startswith(_SQLITE_TABLE)
    return name != _POSTGRESQL_INDEX


async def _sqlite(connection: AsyncConnection, terms: Sequence[str]) -> Match:
    """SQLite does not know how common words are, so it is told which way to go.

    What few prompts have is looked up, and only the numbers found are sorted. What many have is
    soon met by going through the pictures in their order and looking at each, where finding all
    would take seconds.
    """
    whole = " ".join(f'"{term}"' for term in terms)
    count = (await connection.execute(_COUNTED, {"terms": whole})).scalar_one()
    if count > _FEW:
        words = literal(" ").concat(job_index.c.terms)
        return Match(and_(*(func.instr(words, f" {term}") > 0 for term in terms)))
    beginning = " ".join(f'"{term}"*' for term in terms)
    found = job_index.c.number.in_(_FOUND.bindparams(bindparam("terms", beginning)))
    return Match(found, by_number=True)


async def _postgresql(connection: AsyncConnection, terms: Sequence[str]) -> Match:
    """PostgreSQL knows how common words are, and goes the right way for what many prompts have.

    What few have it would read as a whole, with their pictures, to sort it; so their numbers are
    found first.
    """
    query = " & ".join(f"'{term}':*" for term in terms)
    document = func.array_to_tsvector(
        func.string_to_array(job_index.c.terms, literal_column("' '"))
    )
    # Written out: a plan for any words at all would not know how common these are.
    words = literal(query, literal_execute=True).cast(TSQUERY)
    condition = document.op("@@")(words)
    wanted = select(job_index.c.number).where(condition).limit(_FEW + 1)
    found = (await connection.execute(wanted)).scalars().all()
    if len(found) > _FEW:
        return Match(condition)
    numbers = literal(sorted(found, reverse=True), ARRAY(BigInteger))
    return Match(job_index.c.number == any_(numbers), by_number=True)
