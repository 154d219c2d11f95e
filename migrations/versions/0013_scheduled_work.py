"""The one table of scheduled work."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scheduled_work",
        sa.Column(
            "kind", sa.String, nullable=False, comment="see bot.domain.jobs.schedule.WorkKind"
        ),
        sa.Column(
            "subject", sa.String, nullable=False, comment="whose turn it is, such as a battle's id"
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "free_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="from when on it may be taken",
        ),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_scheduled_work"),
    )
    op.create_index("ix_scheduled_work_free_at", "scheduled_work", ["free_at"])
