"""Channel policies, pauses, blocked terms and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ENUM = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "channel_settings",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("layer", _ENUM, nullable=False),
        sa.Column(
            "place_id",
            sa.BigInteger,
            nullable=False,
            comment="a thread, channel, category or server",
        ),
        sa.Column("value", sa.Text, nullable=False, comment="what the layer says, as JSON"),
        sa.PrimaryKeyConstraint("guild_id", "layer", "place_id"),
    )
    op.create_table(
        "pauses",
        sa.Column("guild_id", sa.BigInteger, nullable=False, comment="0 for everywhere"),
        sa.Column("layer", _ENUM, nullable=False),
        sa.Column("place_id", sa.BigInteger, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "layer", "place_id"),
    )
    op.create_table(
        "blocked_terms",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("kind", _ENUM, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "text", "kind"),
    )
    op.create_table(
        "audit_log",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            primary_key=True,
        ),
        sa.Column("guild_id", sa.BigInteger, nullable=False, comment="0 for the operator's acts"),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("act", _ENUM, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_log_guild_id_at", "audit_log", ["guild_id", "at"])
