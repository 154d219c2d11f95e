"""The tables of channel policies, blocked terms and the audit log; see `bot.storage.tables`."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
    true,
)

from bot.domain.gate.channel_rules import Layer
from bot.domain.moderation.audit import Act
from bot.domain.terms import TermKind
from bot.storage.engine.column_types import (
    ForeignName,
    ForeignText,
    RowNumber,
    Snowflake,
    UtcDateTime,
    enum_column,
)
from bot.storage.tables import metadata

channel_settings = Table(
    "channel_settings",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("layer", enum_column(Layer), nullable=False),
    Column("place_id", Snowflake, nullable=False, comment="a thread, channel, category or server"),
    Column("value", Text, nullable=False, comment="what the layer says, as JSON"),
    PrimaryKeyConstraint("guild_id", "layer", "place_id"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("guild_id", Snowflake, nullable=False, comment="0 for everywhere"),
    Column("layer", enum_column(Layer), nullable=False),
    Column("place_id", Snowflake, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("reason", ForeignText, nullable=False),
    PrimaryKeyConstraint("guild_id", "layer", "place_id"),
)

blocked_terms = Table(
    "blocked_terms",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("text", ForeignName, nullable=False),
    Column("kind", enum_column(TermKind), nullable=False),
    Column("language", String),
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("guild_id", "text", "kind"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("number", RowNumber, Identity(), primary_key=True),
    Column("guild_id", Snowflake, nullable=False, comment="0 for the operator's acts"),
    Column("at", UtcDateTime, nullable=False),
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("act", enum_column(Act), nullable=False),
    Column("subject", ForeignText, nullable=False),
    Column("detail", ForeignText, nullable=False),
    Column("reason", ForeignText, nullable=False),
    Column("times", Integer, nullable=False, server_default=text("1")),
    Column("last_at", UtcDateTime, comment="when it happened last, if more than once"),
    Column(
        "told",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="whether the log channel has it, or was there too late for it",
    ),
    Index("ix_audit_log_guild_id_at", "guild_id", "at"),
    Index("ix_audit_log_at", "at"),
)
Index(
    "ix_audit_log_untold",
    audit_log.c.guild_id,
    audit_log.c.number,
    sqlite_where=audit_log.c.told.is_(False),
    postgresql_where=audit_log.c.told.is_(False),
)

log_channels = Table(
    "log_channels",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("since", UtcDateTime, nullable=False, comment="what happened before is not told there"),
)
