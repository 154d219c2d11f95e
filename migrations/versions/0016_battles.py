"""Battles of styles."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LONGEST_ENUM = 32


def upgrade() -> None:
    op.create_table(
        "battles",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("starter_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(LONGEST_ENUM), nullable=False),
        sa.Column("style_a", sa.String, nullable=False, comment="see bot.domain.voting.credits"),
        sa.Column("style_b", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("for_a", sa.Integer, nullable=False, comment="thousandths of a meeting"),
        sa.Column("for_b", sa.Integer, nullable=False, comment="thousandths of a meeting"),
        sa.Column("value", sa.Text, nullable=False, comment="the battle, as JSON"),
    )
    op.create_index("ix_battles_guild_id", "battles", ["guild_id", "state", "closed_at"])
    op.create_index("ix_battles_created_at", "battles", ["guild_id", "created_at"])
    op.create_table(
        "battle_sides",
        sa.Column(
            "battle_id",
            sa.String,
            sa.ForeignKey("battles.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("side", sa.String(LONGEST_ENUM), nullable=False),
        sa.Column(
            "job_id", sa.String, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("is_ready", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("battle_id", "side"),
    )
    op.create_index("ix_battle_sides_job_id", "battle_sides", ["job_id"])
    op.create_table(
        "battle_votes",
        sa.Column(
            "battle_id",
            sa.String,
            sa.ForeignKey("battles.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("side", sa.String(LONGEST_ENUM), nullable=False),
        sa.Column("weight", sa.Integer, nullable=False, comment="thousandths"),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("battle_id", "user_id"),
    )
