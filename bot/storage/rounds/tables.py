"""The tables of rounds, in the same metadata as `bot.storage.tables`."""

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
    UniqueConstraint,
)

from bot.storage.engine.column_types import ForeignName, Snowflake, UtcDateTime
from bot.storage.tables import metadata

style_rounds = Table(
    "style_rounds",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("open_in", Snowflake, comment="the channel, until the round is over"),
    Column("opened_by", Snowflake, nullable=False, comment="0 once that member is erased"),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("value", Text, nullable=False, comment="the round as JSON"),
    UniqueConstraint("open_in"),
    Index("ix_style_rounds_channel_id_opened_at", "channel_id", "opened_at"),
)

round_proposals = Table(
    "round_proposals",
    metadata,
    Column("round_id", String, ForeignKey("style_rounds.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author_id", Snowflake, nullable=False),
    Column("key", ForeignName, comment="the name in lower case; none once it is withdrawn"),
    Column("value", Text, nullable=False, comment="the style as JSON"),
    Column("image_id", String, comment="the example; it may be gone"),
    Column("withdrawn", Boolean, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("round_id", "number"),
    UniqueConstraint("round_id", "key"),
)

round_ballots = Table(
    "round_ballots",
    metadata,
    Column("round_id", String, ForeignKey("style_rounds.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("choices", Text, nullable=False, comment="numbers of proposals as JSON, the best first"),
    Column("weight", Integer, nullable=False, comment="thousandths"),
    PrimaryKeyConstraint("round_id", "user_id"),
)
