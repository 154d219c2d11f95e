"""Pictures that guide the painting in a server's style."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "style_references",
        sa.Column(
            "style_id",
            sa.String,
            sa.ForeignKey("server_styles.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("content_type", sa.String, nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False, comment="who brought it"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("style_id", "sha256"),
    )
    op.create_index("ix_style_references_sha256", "style_references", ["sha256"])
    op.create_index("ix_style_references_user_id", "style_references", ["user_id"])
