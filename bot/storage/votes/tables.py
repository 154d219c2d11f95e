"""The tables of votes and of servers' styles, in the same metadata as `bot.storage.tables`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.domain.insight.kinds import PromptKind
from bot.domain.voting.holding import HoldState
from bot.domain.voting.taking_part import CircleKind, Doing
from bot.domain.voting.vote import Newness, SubjectKind, VoteValue
from bot.storage.engine.column_types import (
    ENUM_LENGTH,
    ForeignName,
    Snowflake,
    UtcDateTime,
    enum_column,
)
from bot.storage.tables import metadata as metadata  # noqa: PLC0414 - with these tables in it

votes = Table(
    "votes",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("guild_id", Snowflake, nullable=False),
    Column("value", enum_column(VoteValue), nullable=False),
    Column("weight", Integer, nullable=False, comment="thousandths"),
    Column("cast_at", UtcDateTime, nullable=False),
    Column("newness", enum_column(Newness), comment="what of the member was new then"),
    Column("held", Boolean, nullable=False, server_default=false(), comment="counts for nothing"),
    Column("hold_id", String, comment="also once it was decided on"),
    PrimaryKeyConstraint("image_id", "user_id"),
    Index("ix_votes_hold_id", "hold_id"),
    Index("ix_votes_user_id", "user_id", "guild_id"),
)

# Votes that came in a burst, together.
vote_holds = Table(
    "vote_holds",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("kind", enum_column(SubjectKind), nullable=False),
    Column("subject", ForeignName, nullable=False),
    Column("state", enum_column(HoldState), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("told", Boolean, nullable=False),
    Index(
        "uq_vote_holds_open",
        "guild_id",
        "kind",
        "subject",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

# For what the votes on an image count: a row each, written with its first vote.
vote_credits = Table(
    "vote_credits",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), nullable=False),
    Column("kind", enum_column(SubjectKind), nullable=False),
    Column("subject", ForeignName, nullable=False),
    Column("owner_id", Snowflake, nullable=False, comment="whose votes do not count for it"),
    Column("share", Integer, nullable=False, comment="thousandths"),
    Column("direct", Boolean, nullable=False),
    PrimaryKeyConstraint("image_id", "kind", "subject"),
    Index("ix_vote_credits_subject", "subject"),
)

# Sums of votes by their credits, so that no page has to count votes.
vote_tallies = Table(
    "vote_tallies",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("kind", enum_column(SubjectKind), nullable=False),
    Column("span", String, nullable=False, comment="see bot.domain.voting.span"),
    Column("subject", ForeignName, nullable=False),
    Column("ups", Integer, nullable=False),
    Column("downs", Integer, nullable=False),
    Column("up_weight", BigInteger, nullable=False, comment="thousandths"),
    Column("down_weight", BigInteger, nullable=False, comment="thousandths"),
    Column("score", Double, nullable=False, comment="by what leaderboards are ordered"),
    PrimaryKeyConstraint("guild_id", "kind", "span", "subject"),
    Index("ix_vote_tallies_score", "guild_id", "kind", "span", "score", "subject"),
)

# Pictures in a style that were voted on, written with the first vote.
styled_pictures = Table(
    "styled_pictures",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), primary_key=True),
    Column("style", ForeignName, nullable=False),
    Column("model", ForeignName, nullable=False),
    Column("prompt_kind", enum_column(PromptKind), comment="none until its prompt was looked at"),
    Column("painted_at", UtcDateTime, nullable=False),
    Index(
        "ix_styled_pictures_unsorted",
        "image_id",
        sqlite_where=text("prompt_kind IS NULL"),
        postgresql_where=text("prompt_kind IS NULL"),
    ),
)

# Sums of votes on them, by the span that the picture was painted in; see
# `bot.domain.insight.style_tally`. An empty kind or model means all.
style_tallies = Table(
    "style_tallies",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("span", String, nullable=False, comment="see bot.domain.voting.span"),
    Column("prompt_kind", String(ENUM_LENGTH), nullable=False),
    Column("model", ForeignName, nullable=False),
    Column("style", ForeignName, nullable=False),
    Column("pictures", Integer, nullable=False, comment="with votes that count"),
    Column("ups", Integer, nullable=False),
    Column("downs", Integer, nullable=False),
    Column("up_weight", BigInteger, nullable=False, comment="thousandths"),
    Column("down_weight", BigInteger, nullable=False, comment="thousandths"),
    PrimaryKeyConstraint("guild_id", "span", "prompt_kind", "model", "style"),
    # What a question asks for lies side by side.
    sqlite_with_rowid=False,
)

server_styles = Table(
    "server_styles",
    metadata,
    Column("id", String, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("key", String, nullable=False, comment="the name in lower case"),
    Column("value", Text, nullable=False),
    Column("merged_into", String, comment="the id of another that it counts for; never a chain"),
    UniqueConstraint("guild_id", "key"),
    Index("ix_server_styles_merged_into", "merged_into"),
)

# Who may do what; without a row, as `bot.domain.voting.taking_part` says.
taking_part_rules = Table(
    "taking_part_rules",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("doing", enum_column(Doing), nullable=False),
    Column("kind", enum_column(CircleKind), nullable=False),
    Column("role_id", Snowflake, comment="of those with a role"),
    PrimaryKeyConstraint("guild_id", "doing"),
)

style_references = Table(
    "style_references",
    metadata,
    Column("style_id", String, ForeignKey("server_styles.id", ondelete="CASCADE"), nullable=False),
    Column("sha256", String, nullable=False),
    Column("content_type", String, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake, nullable=False, comment="who brought it"),
    Column("added_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("style_id", "sha256"),
    Index("ix_style_references_sha256", "sha256"),
    Index("ix_style_references_user_id", "user_id"),
)
