"""Jobs, their images, and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KIND = sa.String(32)


def upgrade() -> None:
    _accounts()
    _jobs()
    _ledger()
    op.create_table(
        "markers",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False, comment="0 in direct messages"),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False, unique=True),
        sa.PrimaryKeyConstraint("user_id", "guild_id"),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("idempotency_key", sa.String, nullable=False, unique=True),
        sa.Column("state", _KIND, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("locale", sa.String, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("reply_application_id", sa.BigInteger),
        sa.Column("reply_token", sa.String),
        sa.Column("reply_message_id", sa.BigInteger),
        sa.Column("reply_expires_at", _MOMENT),
        sa.Column("owner", sa.String),
        sa.Column("lease_until", _MOMENT),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("cancelled_at", _MOMENT),
        sa.Column("finished_at", _MOMENT),
    )
    op.create_index("ix_jobs_model", "jobs", ["model", "created_at"])
    is_open = sa.text("state IN ('delivering', 'queued', 'running')")
    op.create_index(
        "ix_jobs_open",
        "jobs",
        ["created_at", "id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "images",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("job_id", sa.String, sa.ForeignKey("jobs.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("parent_image_id", sa.String, sa.ForeignKey("images.id"), index=True),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("state", _KIND, nullable=False),
        sa.Column("reserved_usd_micros", sa.BigInteger),
        sa.Column("sent_at", _MOMENT),
        sa.Column("picture_sha256", sa.String),
        sa.Column("picture_content_type", sa.String),
        sa.Column("picture_size_bytes", sa.Integer),
        sa.Column("blurred", sa.Boolean),
        sa.Column("content_violation", sa.Boolean),
        sa.Column("failure_reason", _KIND),
        sa.Column("failure_billing", _KIND),
        sa.Column("failure_detail", sa.Text),
        sa.Column("failure_request_id", sa.Text),
        sa.Column("duration_ms", sa.Integer),
        sa.UniqueConstraint("job_id", "position"),
    )
    op.create_table(
        "notices",
        sa.Column("job_id", sa.String, sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("refunded_images", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT),
    )
    op.create_index("ix_notices_user_id", "notices", ["user_id"])


def _ledger() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            primary_key=True,
        ),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("job_id", sa.String),
        sa.Column("image_id", sa.String),
        sa.Column(
            "phase",
            sa.String(5),
            comment="open or close; an image has one of each on an account",
        ),
        sa.Column("window_start", _MOMENT, nullable=False),
        sa.Column("window_end", _MOMENT, nullable=False),
        *_sums(),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("reason", sa.String),
        sa.UniqueConstraint("image_id", "account", "phase"),
    )
    op.create_index(
        "ix_ledger_entries_account_window_start", "ledger_entries", ["account", "window_start"]
    )
    op.create_table(
        "balances",
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("window_start", _MOMENT, nullable=False),
        sa.Column("window_end", _MOMENT, nullable=False),
        *_sums(),
        sa.PrimaryKeyConstraint("account", "window_start", "window_end"),
        sa.CheckConstraint("reserved_images >= 0", name="reserved_images"),
        sa.CheckConstraint("reserved_usd_micros >= 0", name="reserved_usd_micros"),
    )


def _sums() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("reserved_images", sa.Integer, nullable=False),
        sa.Column("used_images", sa.Integer, nullable=False),
        sa.Column("reserved_usd_micros", sa.BigInteger, nullable=False),
        sa.Column("used_usd_micros", sa.BigInteger, nullable=False),
    )
