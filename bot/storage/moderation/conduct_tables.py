"""The tables of strikes, blocks and what members are told of them; see `bot.storage.tables`."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from bot.domain.conduct.bars import BlockCause
from bot.domain.conduct.notice import ConductNews
from bot.storage.engine.column_types import ForeignText, Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

# An image leads to one strike at most; many strikes are about no image.
strikes = Table(
    "strikes",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("reason", ForeignText, nullable=False),
    Column("account", String, ForeignKey("accounts.key"), nullable=False, comment="who gave it"),
    Column("image_id", String, unique=True),
    Column("withdrawn_at", UtcDateTime),
    Index("ix_strikes_guild_id_user_id", "guild_id", "user_id"),
    Index("ix_strikes_expires_at", "expires_at"),
)

strike_rules = Table(
    "strike_rules",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("warn_at", Integer, nullable=False),
    Column("pause_at", Integer, nullable=False),
    Column("block_at", Integer, nullable=False),
    Column("counts_for_days", Integer, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("guild_id", Snowflake, nullable=False, comment="0 for every server"),
    Column("user_id", Snowflake, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, comment="none until somebody lifts it"),
    Column("reason", ForeignText, nullable=False),
    Column("cause", enum_column(BlockCause), nullable=False),
    PrimaryKeyConstraint("guild_id", "user_id"),
)

# What is to be told, and, once the member could not be reached, waits for their next command.
conduct_notices = Table(
    "conduct_notices",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", Snowflake, nullable=False),
    Column("guild_id", Snowflake, nullable=False, comment="0 for every server"),
    Column("news", enum_column(ConductNews), nullable=False),
    Column("reason", ForeignText, nullable=False),
    Column("until", UtcDateTime),
    Column("strikes", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("waits_since", UtcDateTime, comment="when a direct message had failed"),
    Column("told_at", UtcDateTime),
    Index("ix_conduct_notices_user_id", "user_id"),
)
