"""How often pictures were marked, in the same metadata as `bot.storage.tables`."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.storage.engine.column_types import Snowflake, UtcDateTime
from bot.storage.tables import metadata

# The number of rows of `favourites`, and no row where there are none. It lies beside the server
# and the moment of the picture's job, neither of which changes while it can be marked, so that
# one index is in the order that a gallery is shown in.
favourite_counts = Table(
    "favourite_counts",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), primary_key=True),
    Column("guild_id", Snowflake, comment="none in direct messages"),
    Column("favourites", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Index("ix_favourite_counts_favourites", "guild_id", "favourites", "asked_at", "image_id"),
)
