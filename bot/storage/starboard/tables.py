"""The tables of starboards, in the same metadata as `bot.storage.tables`."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from bot.domain.starboard import PostState
from bot.storage.engine.column_types import Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

starboards = Table(
    "starboards",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("threshold", Integer, nullable=False, comment="votes of full weight"),
    Column("unreached", Boolean, nullable=False, comment="its managers were told that it is"),
)

star_posts = Table(
    "star_posts",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("origin_channel_id", Snowflake, nullable=False),
    Column("origin_message_id", Snowflake, nullable=False),
    Column("state", enum_column(PostState), nullable=False),
    Column("message_id", Snowflake),
    Column("safe", Boolean, nullable=False, comment="whether safe mode may show it"),
    Column("stars", Integer, nullable=False, comment="the votes that its message shows"),
    Column("times", Integer, nullable=False, comment="how often it was posted"),
    Column("since", UtcDateTime, nullable=False, comment="in its state"),
    Column("edited_at", UtcDateTime),
    Index("ix_star_posts_guild_id_state", "guild_id", "state"),
    Index("ix_star_posts_origin_message_id", "origin_message_id"),
    Index("ix_star_posts_message_id", "message_id"),
)
