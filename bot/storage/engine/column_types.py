"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

ENUM_LENGTH = 32
"""Room for the longest state or kind; enums are stored as plain text."""

Snowflake = BigInteger
"""Discord's ids are unsigned, but their top bit stays clear until the year 2084."""

Micros = BigInteger

RowNumber = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database counts up; SQLite does so for INTEGER alone."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, aware and in UTC on the way out."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime(timezone=True)
    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone, and turn the others into UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives the moment back without its zone, PostgreSQL in the session's."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ForeignText(TypeDecorator[str]):
    """Text that others wrote: what a database cannot hold becomes a question mark."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok: bool | None = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace NUL, which PostgreSQL refuses, and lone surrogates, which UTF-8 cannot hold."""
        del dialect
        if value is None:
            return None
        return value.replace("\x00", "?").encode("utf-8", "replace").decode()


class ForeignName(ForeignText):
    """A name that others gave; the same for a column that is looked up."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = String
    cache_ok: bool | None = True


def enum_column(kind: type[StrEnum]) -> Enum:
    """An enum by its values, as text: a new member needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        length=ENUM_LENGTH,
        values_callable=lambda enum: [member.value for member in enum],
    )
