"""Changes of quotas that wait for their manager's word."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_changes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column(
            "user_id", sa.BigInteger, nullable=False, comment="who asked, and alone may apply it"
        ),
        sa.Column("change", sa.Text, nullable=False, comment="before and after, as JSON"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_waiting_changes_expires_at", "waiting_changes", ["expires_at"])
