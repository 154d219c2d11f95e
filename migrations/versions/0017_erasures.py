"""Erasures under way, servers that were left, and exports."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ENUM = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("kind", _ENUM, nullable=False),
        sa.Column("subject", sa.BigInteger, nullable=False, comment="a member or a server"),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("stage", _ENUM, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject"),
    )
    op.create_table(
        "erasure_messages",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            primary_key=True,
        ),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_erasure_messages_user_id", "erasure_messages", ["user_id"])
    op.create_table(
        "departures",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("left_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "exports",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
    )
