"""Equal entries of the audit log are folded, and told in a channel of the server's choice."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "audit_log", sa.Column("times", sa.Integer, nullable=False, server_default=sa.text("1"))
    )
    op.add_column(
        "audit_log",
        sa.Column("last_at", _MOMENT, comment="when it happened last, if more than once"),
    )
    op.add_column(
        "audit_log",
        sa.Column(
            "told",
            sa.Boolean,
            nullable=False,
            server_default=sa.true(),
            comment="whether the log channel has it, or was there too late for it",
        ),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    untold = sa.column("told").is_(False)
    op.create_index(
        "ix_audit_log_untold",
        "audit_log",
        ["guild_id", "number"],
        sqlite_where=untold,
        postgresql_where=untold,
    )
    op.create_table(
        "log_channels",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column(
            "since", _MOMENT, nullable=False, comment="what happened before is not told there"
        ),
    )
