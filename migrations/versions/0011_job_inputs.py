"""Which pictures jobs are made of, so that no other is thought to belong to nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_inputs",
        sa.Column(
            "job_id", sa.String, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("sha256", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "sha256"),
    )
    op.create_index("ix_job_inputs_sha256", "job_inputs", ["sha256"])
