"""The tables of reviews; see `bot.storage.tables`."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from bot.domain.gate.rule import Rule
from bot.domain.moderation.review import ReviewState
from bot.storage.engine.column_types import ForeignText, Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

reviews = Table(
    "reviews",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), primary_key=True),
    Column("job_id", String, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("guild_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False, comment="where it is to be shown"),
    Column("user_id", Snowflake, nullable=False, comment="whose picture it is"),
    Column("rule", enum_column(Rule), nullable=False),
    Column("state", enum_column(ReviewState), nullable=False),
    Column("held_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", Snowflake),
    Column("reason", ForeignText, nullable=False, server_default=""),
    Column("appealed_at", UtcDateTime),
    Column("rejected_by", Snowflake, comment="against whose decision the member appealed"),
    Column("told_at", UtcDateTime, comment="when the member was told of a decision against it"),
    Column("message_channel_id", Snowflake),
    Column("message_id", Snowflake),
    Index("ix_reviews_job_id", "job_id"),
    Index("ix_reviews_user_id", "user_id"),
    Index("ix_reviews_guild_id_state_held_at", "guild_id", "state", "held_at"),
)

review_channels = Table(
    "review_channels",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("channel_id", Snowflake, nullable=False),
)
