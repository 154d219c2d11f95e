"""The tables of battles. A change here needs a step in `migrations/versions`."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from bot.domain.battles.battle import BattleState, Side
from bot.storage.engine.column_types import ForeignName, Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

battles = Table(
    "battles",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("starter_id", Snowflake, nullable=False),
    Column("state", enum_column(BattleState), nullable=False),
    Column("style_a", ForeignName, nullable=False, comment="see bot.domain.voting.credits"),
    Column("style_b", ForeignName, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime, nullable=True),
    Column("for_a", Integer, nullable=False, comment="thousandths of a meeting"),
    Column("for_b", Integer, nullable=False, comment="thousandths of a meeting"),
    Column("value", Text, nullable=False, comment="the battle, as JSON"),
    Index("ix_battles_guild_id", "guild_id", "state", "closed_at"),
    Index("ix_battles_created_at", "guild_id", "created_at"),
)

battle_sides = Table(
    "battle_sides",
    metadata,
    Column("battle_id", String, ForeignKey("battles.id", ondelete="CASCADE"), nullable=False),
    Column("side", enum_column(Side), nullable=False),
    Column("job_id", String, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("is_ready", Boolean, nullable=False),
    PrimaryKeyConstraint("battle_id", "side"),
    Index("ix_battle_sides_job_id", "job_id"),
)

# Who voted for what, until the battle ends; then the votes are counted and forgotten.
battle_votes = Table(
    "battle_votes",
    metadata,
    Column("battle_id", String, ForeignKey("battles.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("side", enum_column(Side), nullable=False),
    Column("weight", Integer, nullable=False, comment="thousandths"),
    Column("cast_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("battle_id", "user_id"),
)
