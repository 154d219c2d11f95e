"""The tables of contests, in the same metadata as `bot.storage.tables`."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from bot.domain.contests.contest import Phase
from bot.storage.engine.column_types import ForeignText, Micros, Snowflake, UtcDateTime, enum_column
from bot.storage.tables import metadata

_IS_OPEN = text("phase IN ('submitting', 'voting', 'counting')")

contests = Table(
    "contests",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("opened_by", Snowflake, nullable=False),
    Column("theme", ForeignText, nullable=False),
    Column("words", ForeignText, nullable=False, comment="required in prompts, as JSON"),
    Column("entries_of_member", Integer, nullable=False),
    Column("prize_images", Integer),
    Column("prize_usd_micros", Micros),
    Column("prize_days", Integer, comment="null where there is no prize"),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("submit_until", UtcDateTime, nullable=False),
    Column("vote_until", UtcDateTime, nullable=False),
    Column("phase", enum_column(Phase), nullable=False),
    Column("message_id", Snowflake),
    Column("announced", enum_column(Phase), comment="the phase that its message shows"),
    # A server has one open contest at a time.
    Index(
        "ux_contests_open",
        "guild_id",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    Index("ix_contests_guild_id_opened_at", "guild_id", "opened_at"),
)

contest_entries = Table(
    "contest_entries",
    metadata,
    Column("contest_id", String, ForeignKey("contests.id", ondelete="CASCADE"), nullable=False),
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("origin_channel_id", Snowflake, nullable=False),
    Column("origin_message_id", Snowflake, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("number", Integer, comment="by lot, once it is voted on"),
    Column("place", Integer, comment="once the contest is closed"),
    Column("weight", Integer, nullable=False, comment="of its votes, in thousandths"),
    PrimaryKeyConstraint("contest_id", "image_id"),
    Index("ix_contest_entries_origin_message_id", "origin_message_id"),
)

contest_approvals = Table(
    "contest_approvals",
    metadata,
    Column("contest_id", String, ForeignKey("contests.id", ondelete="CASCADE"), nullable=False),
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("weight", Integer, nullable=False, comment="thousandths"),
    PrimaryKeyConstraint("contest_id", "image_id", "user_id"),
)
