"""What the image API made of a prompt, and requests that wait for their member's word."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("images", sa.Column("enhanced_prompt", sa.Text))
    op.create_table(
        "pending_requests",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("requests", sa.Text, nullable=False),
        sa.Column("parent_image_id", sa.String),
        sa.Column("application_id", sa.BigInteger, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_pending_requests_expires_at", "pending_requests", ["expires_at"])
