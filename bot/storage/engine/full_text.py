"""Full-text search, which each database spells its own way: FTS5 on SQLite, tsvector on PostgreSQL.

Both index the column `job_index.terms`: the terms of `bot.domain.library.search_terms` with blanks
between them. Neither database's own parser takes anything apart, so that both find the same, and
a query is made of letters and digits alone, so that it holds no operator of either.

The SQLite table and the PostgreSQL index stand outside SQLAlchemy's metadata, which has no words
for them; the migration makes them, and triggers keep SQLite's in step with the column.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, literal_column, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library.search_terms import index_terms, query_terms
from bot.storage.tables import job_index

_SQLITE_TABLE = "job_terms"
_POSTGRESQL_INDEX = "ix_job_index_terms"

_FEW = 2_000
_MATCHING = f"SELECT rowid FROM {_SQLITE_TABLE} WHERE {_SQLITE_TABLE} MATCH :terms"  # noqa: S608 - a constant
_FOUND = text(_MATCHING)
_COUNTED = text(f"SELECT count(*) FROM ({_MATCHING} LIMIT {_FEW + 1})")  # noqa: S608 - a constant


def indexed_terms(prompt: str) -> str:
    """What `job_index.terms` holds of a prompt."""
    return " ".join(index_terms(prompt))


async def matches(connection: AsyncConnection, typed: str) -> ColumnElement[bool] | None:
    """The condition that a prompt has words beginning like those typed; None if none were."""
    terms = query_terms(typed)
    if not terms:
        return None
    if connection.dialect.name == "postgresql":
        return _postgresql(terms)
    return await _sqlite(connection, terms)


def is_in_metadata(name: str | None, type_: str, _parents: object = None) -> bool:
    """Whether SQLAlchemy's metadata is to know a table or an index, for comparing schemas."""
    if type_ == "table":
        return not (name or "").startswith(_SQLITE_TABLE)
    return name != _POSTGRESQL_INDEX


async def _sqlite(connection: AsyncConnection, terms: Sequence[str]) -> ColumnElement[bool]:
    """SQLite does not know how common words are, so it is told which way to go.

    What few prompts have is looked up, and the pictures found are sorted. What many have is soon
    met by going through the pictures in their order and looking at each, where finding all would
    take seconds.
    """
    whole = " ".join(f'"{term}"' for term in terms)
    found = (await connection.execute(_COUNTED, {"terms": whole})).scalar_one()
    if found > _FEW:
        words = literal(" ").concat(job_index.c.terms)
        return and_(*(func.instr(words, f" {term}") > 0 for term in terms))
    beginning = " ".join(f'"{term}"*' for term in terms)
    return job_index.c.number.in_(_FOUND.bindparams(bindparam("terms", beginning)))


def _postgresql(terms: Sequence[str]) -> ColumnElement[bool]:
    query = " & ".join(f"'{term}':*" for term in terms)
    document = func.array_to_tsvector(
        func.string_to_array(job_index.c.terms, literal_column("' '"))
    )
    return document.op("@@")(literal(query).cast(TSQUERY))
