"""Held pictures, what was decided on them, and the channels in which moderators are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_KIND = sa.String(32)


def upgrade() -> None:
    for name in ("by_moderator", "by_new_member"):
        op.add_column(
            "jobs", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
        )
    op.add_column(
        "jobs",
        sa.Column(
            "earlier_claims",
            sa.Integer,
            nullable=False,
            server_default="0",
            comment="those before moderators last released something of it",
        ),
    )
    _create_reviews()
    op.create_table(
        "review_channels",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("guild_id"),
    )


def _create_reviews() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "reviews",
        sa.Column(
            "image_id", sa.String, sa.ForeignKey("images.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "job_id", sa.String, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False, comment="where it is to be shown"),
        sa.Column("user_id", sa.BigInteger, nullable=False, comment="whose picture it is"),
        sa.Column("rule", _KIND, nullable=False),
        sa.Column("state", _KIND, nullable=False),
        sa.Column("held_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("decided_at", moment),
        sa.Column("decided_by", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("appealed_at", moment),
        sa.Column(
            "rejected_by", sa.BigInteger, comment="against whose decision the member appealed"
        ),
        sa.Column("told_at", moment, comment="when the member was told of a decision against it"),
        sa.Column("message_channel_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("image_id"),
    )
    op.create_index("ix_reviews_job_id", "reviews", ["job_id"])
    op.create_index("ix_reviews_user_id", "reviews", ["user_id"])
    op.create_index(
        "ix_reviews_guild_id_state_held_at", "reviews", ["guild_id", "state", "held_at"]
    )
