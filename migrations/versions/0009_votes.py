"""Votes on images and their tallies, and the styles that servers keep."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ENUM = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "votes",
        _image_id(),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("value", _ENUM, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False, comment="thousandths"),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("image_id", "user_id"),
    )
    op.create_table(
        "vote_credits",
        _image_id(),
        sa.Column("kind", _ENUM, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column(
            "owner_id", sa.BigInteger, nullable=False, comment="whose votes do not count for it"
        ),
        sa.Column("share", sa.Integer, nullable=False, comment="thousandths"),
        sa.Column("direct", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("image_id", "kind", "subject"),
    )
    op.create_index("ix_vote_credits_subject", "vote_credits", ["subject"])
    _tallies()
    op.create_table(
        "server_styles",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String, nullable=False, comment="the name in lower case"),
        sa.Column("value", sa.Text, nullable=False),
        sa.UniqueConstraint("guild_id", "key"),
    )


def _image_id() -> sa.Column[str]:
    return sa.Column(
        "image_id", sa.String, sa.ForeignKey("images.id", ondelete="CASCADE"), nullable=False
    )


def _tallies() -> None:
    op.create_table(
        "vote_tallies",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("kind", _ENUM, nullable=False),
        sa.Column("span", sa.String, nullable=False, comment="see bot.domain.voting.span"),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("ups", sa.Integer, nullable=False),
        sa.Column("downs", sa.Integer, nullable=False),
        sa.Column("up_weight", sa.BigInteger, nullable=False, comment="thousandths"),
        sa.Column("down_weight", sa.BigInteger, nullable=False, comment="thousandths"),
        sa.Column("score", sa.Double, nullable=False, comment="by what leaderboards are ordered"),
        sa.PrimaryKeyConstraint("guild_id", "kind", "span", "subject"),
    )
    op.create_index(
        "ix_vote_tallies_score",
        "vote_tallies",
        ["guild_id", "kind", "span", "score", "subject"],
    )
