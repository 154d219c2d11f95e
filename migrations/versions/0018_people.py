"""Strikes, blocks, and what reports weigh and come to."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ENUM = sa.String(32)


def upgrade() -> None:
    _weigh_reports()
    op.create_table(
        "strikes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column(
            "account",
            sa.String,
            sa.ForeignKey("accounts.key"),
            nullable=False,
            comment="who gave it",
        ),
        sa.Column("image_id", sa.String, unique=True),
        sa.Column("withdrawn_at", _MOMENT),
    )
    op.create_index("ix_strikes_guild_id_user_id", "strikes", ["guild_id", "user_id"])
    op.create_index("ix_strikes_expires_at", "strikes", ["expires_at"])
    op.create_table(
        "strike_rules",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("warn_at", sa.Integer, nullable=False),
        sa.Column("pause_at", sa.Integer, nullable=False),
        sa.Column("block_at", sa.Integer, nullable=False),
        sa.Column("counts_for_days", sa.Integer, nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("guild_id", sa.BigInteger, nullable=False, comment="0 for every server"),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, comment="none until somebody lifts it"),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("cause", _ENUM, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id"),
    )
    op.create_table(
        "conduct_notices",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False, comment="0 for every server"),
        sa.Column("news", _ENUM, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("strikes", sa.Integer, nullable=False),
        sa.Column("cancelled", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("waits_since", _MOMENT, comment="when a direct message had failed"),
        sa.Column("told_at", _MOMENT),
    )
    op.create_index("ix_conduct_notices_user_id", "conduct_notices", ["user_id"])


def _weigh_reports() -> None:
    """Earlier reports weigh nothing: nobody knows any more whose they were."""
    op.add_column(
        "reports",
        sa.Column(
            "guild_id",
            sa.BigInteger,
            nullable=False,
            server_default="0",
            comment="0 in direct messages",
        ),
    )
    op.add_column(
        "reports",
        sa.Column(
            "weight",
            sa.Float,
            nullable=False,
            server_default="0",
            comment="see bot.domain.moderation.report_weight",
        ),
    )
    op.add_column(
        "reports",
        sa.Column("outcome", _ENUM, comment="none until a moderator has decided"),
    )
    op.add_column("reports", sa.Column("decided_at", _MOMENT))
    op.execute(
        "UPDATE reports SET guild_id = COALESCE((SELECT jobs.guild_id FROM jobs"
        " JOIN images ON images.job_id = jobs.id WHERE images.id = reports.image_id), 0)"
    )
    with op.batch_alter_table("reports") as reports:
        reports.alter_column("guild_id", server_default=None)
        reports.alter_column("weight", server_default=None)
    op.create_index("ix_reports_guild_id_created_at", "reports", ["guild_id", "created_at"])
    op.create_index("ix_reports_user_id_created_at", "reports", ["user_id", "created_at"])
