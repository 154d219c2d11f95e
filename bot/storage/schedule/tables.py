"""The table of scheduled work. A change here needs a step in `migrations/versions`."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table

from bot.storage.engine.column_types import UtcDateTime
from bot.storage.tables import metadata

scheduled_work = Table(
    "scheduled_work",
    metadata,
    Column("kind", String, nullable=False, comment="see bot.domain.jobs.schedule.WorkKind"),
    Column("subject", String, nullable=False, comment="whose turn it is, such as a battle's id"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("free_at", UtcDateTime, nullable=False, comment="from when on it may be taken"),
    Column("attempts", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "subject"),
    Index("ix_scheduled_work_free_at", "free_at"),
)
