"""The tables of erasures that are under way, of servers that were left, and of exports."""

from sqlalchemy import Column, Identity, Index, PrimaryKeyConstraint, Table

from bot.domain.privacy import ErasureKind, ErasureStage
from bot.storage.engine.column_types import RowNumber, Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

erasures = Table(
    "erasures",
    metadata,
    Column("kind", enum_column(ErasureKind), nullable=False),
    Column("subject", Snowflake, nullable=False, comment="a member or a server"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("stage", enum_column(ErasureStage), nullable=False),
    PrimaryKeyConstraint("kind", "subject"),
)

# What the records of wiped jobs no longer say: where their results are shown.
erasure_messages = Table(
    "erasure_messages",
    metadata,
    Column("number", RowNumber, Identity(), primary_key=True),
    Column("user_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("message_id", Snowflake, nullable=False),
    Index("ix_erasure_messages_user_id", "user_id"),
)

departures = Table(
    "departures",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("left_at", UtcDateTime, nullable=False),
)

exports = Table(
    "exports",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("asked_at", UtcDateTime, nullable=False),
)
