"""The tables of what servers have set about quotas: limits, settings and grants."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from bot.domain.quotas.grants import GrantTarget
from bot.domain.quotas.limits import LimitScope
from bot.storage.engine.column_types import ForeignText, Micros, Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

limits = Table(
    "limits",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("scope", enum_column(LimitScope), nullable=False),
    Column("owner_id", Snowflake, nullable=False, comment="a member, role or channel; else 0"),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("guild_id", "scope", "owner_id"),
)

server_quotas = Table(
    "server_quotas",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("target", enum_column(GrantTarget), nullable=False),
    Column("target_id", Snowflake, nullable=False, comment="a member or a role"),
    Column("images", Integer),
    Column("usd_micros", Micros),
    Column("reason", ForeignText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, comment="brought forward by revoking it"),
    Index("ix_grants_expires_at", "expires_at"),
)

waiting_changes = Table(
    "waiting_changes",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False, comment="who asked, and alone may apply it"),
    Column("change", Text, nullable=False, comment="before and after, as JSON"),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_waiting_changes_expires_at", "expires_at"),
)
