"""Styles that were merged into others, and who may take part in what."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ENUM = sa.String(32)


def upgrade() -> None:
    op.add_column(
        "server_styles",
        sa.Column(
            "merged_into", sa.String, comment="the id of another that it counts for; never a chain"
        ),
    )
    op.create_index("ix_server_styles_merged_into", "server_styles", ["merged_into"])
    op.create_table(
        "taking_part_rules",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("doing", _ENUM, nullable=False),
        sa.Column("kind", _ENUM, nullable=False),
        sa.Column("role_id", sa.BigInteger, comment="of those with a role"),
        sa.PrimaryKeyConstraint("guild_id", "doing"),
    )
