"""Rounds: what members propose, and their ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "style_rounds",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("open_in", sa.BigInteger, comment="the channel, until the round is over"),
        sa.Column(
            "opened_by", sa.BigInteger, nullable=False, comment="0 once that member is erased"
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Text, nullable=False, comment="the round as JSON"),
        sa.UniqueConstraint("open_in"),
    )
    op.create_index(
        "ix_style_rounds_channel_id_opened_at", "style_rounds", ["channel_id", "opened_at"]
    )
    op.create_table(
        "round_proposals",
        _round_id(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String, comment="the name in lower case; none once it is withdrawn"),
        sa.Column("value", sa.Text, nullable=False, comment="the style as JSON"),
        sa.Column("image_id", sa.String, comment="the example; it may be gone"),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "number"),
        sa.UniqueConstraint("round_id", "key"),
    )
    op.create_table(
        "round_ballots",
        _round_id(),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column(
            "choices",
            sa.Text,
            nullable=False,
            comment="numbers of proposals as JSON, the best first",
        ),
        sa.Column("weight", sa.Integer, nullable=False, comment="thousandths"),
        sa.PrimaryKeyConstraint("round_id", "user_id"),
    )


def _round_id() -> sa.Column[str]:
    return sa.Column(
        "round_id", sa.String, sa.ForeignKey("style_rounds.id", ondelete="CASCADE"), nullable=False
    )
