"""When jobs were first taken, for fair turns; members' cooldowns."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("jobs", sa.Column("started_at", _MOMENT, comment="when a worker first took it"))
    op.create_index("ix_jobs_started_at", "jobs", ["started_at"])
    op.create_table(
        "cooldowns",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("last_request_at", _MOMENT),
        sa.Column(
            "failed_at", sa.Text, nullable=False, server_default="[]", comment="moments, as JSON"
        ),
        sa.Column("paused_until", _MOMENT),
        sa.Column("changed_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_cooldowns_changed_at", "cooldowns", ["changed_at"])
