"""The ledger in buckets of 15 minutes, and what servers set about quotas."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KIND = sa.String(32)

# The bucket of the moment that an entry was written in.
_POSTGRESQL_BUCKET = "date_bin('15 minutes', at, TIMESTAMPTZ '1970-01-01 00:00:00+00')"
_SQLITE_BUCKET = """
    substr(at, 1, 14) || printf('%02d', CAST(substr(at, 15, 2) AS INTEGER) / 15 * 15)
    || ':00.000000'
"""
_BUCKETS_OF_CLOSINGS = """
    UPDATE ledger_entries SET bucket_start = (
        SELECT opening.bucket_start FROM ledger_entries AS opening
        WHERE opening.image_id = ledger_entries.image_id
        AND opening.account = ledger_entries.account
        AND opening.phase = 'open'
    )
    WHERE phase = 'close'
"""
_POSTGRESQL_DAY = "date_bin('1 day', bucket_start, TIMESTAMPTZ '1970-01-01 00:00:00+00')"
_SQLITE_DAY = "substr(bucket_start, 1, 10) || ' 00:00:00.000000'"
_DAY_BALANCES = """
    INSERT INTO day_balances (
        account, day_start,
        reserved_images, used_images, reserved_usd_micros, used_usd_micros
    )
    SELECT
        account, {day},
        SUM(reserved_images), SUM(used_images), SUM(reserved_usd_micros), SUM(used_usd_micros)
    FROM balances GROUP BY 1, 2
"""
_BALANCES = """
    INSERT INTO balances (
        account, bucket_start,
        reserved_images, used_images, reserved_usd_micros, used_usd_micros
    )
    SELECT
        account, bucket_start,
        SUM(reserved_images), SUM(used_images), SUM(reserved_usd_micros), SUM(used_usd_micros)
    FROM ledger_entries GROUP BY account, bucket_start
"""


def upgrade() -> None:
    _buckets_of_entries()
    _balances()
    _limits()
    _grants()


def _buckets_of_entries() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    bucket = _POSTGRESQL_BUCKET if is_postgresql else _SQLITE_BUCKET
    op.add_column("ledger_entries", sa.Column("bucket_start", _MOMENT))
    # Not `op.execute`, which would take the colons for parameters.
    op.get_bind().exec_driver_sql(f"UPDATE ledger_entries SET bucket_start = {bucket}")  # noqa: S608 - a constant
    # An image is closed in the bucket where it was reserved, however much later that is.
    op.execute(_BUCKETS_OF_CLOSINGS)
    op.drop_index("ix_ledger_entries_account_window_start", "ledger_entries")
    with op.batch_alter_table("ledger_entries") as entries:
        entries.alter_column("bucket_start", existing_type=_MOMENT, nullable=False)
        entries.drop_column("window_start")
        entries.drop_column("window_end")
    op.create_index(
        "ix_ledger_entries_account_bucket_start", "ledger_entries", ["account", "bucket_start"]
    )


def _balances() -> None:
    op.drop_table("balances")
    op.create_table(
        "balances",
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("bucket_start", _MOMENT, nullable=False),
        sa.Column("reserved_images", sa.Integer, nullable=False),
        sa.Column("used_images", sa.Integer, nullable=False),
        sa.Column("reserved_usd_micros", sa.BigInteger, nullable=False),
        sa.Column("used_usd_micros", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("account", "bucket_start"),
        sa.CheckConstraint("reserved_images >= 0", name="reserved_images"),
        sa.CheckConstraint("reserved_usd_micros >= 0", name="reserved_usd_micros"),
        # A window's buckets then lie side by side.
        sqlite_with_rowid=False,
    )
    op.execute(_BALANCES)
    op.create_table(
        "day_balances",
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("day_start", _MOMENT, nullable=False),
        sa.Column("reserved_images", sa.Integer, nullable=False),
        sa.Column("used_images", sa.Integer, nullable=False),
        sa.Column("reserved_usd_micros", sa.BigInteger, nullable=False),
        sa.Column("used_usd_micros", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("account", "day_start"),
        sqlite_with_rowid=False,
    )
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    day = _POSTGRESQL_DAY if is_postgresql else _SQLITE_DAY
    op.get_bind().exec_driver_sql(_DAY_BALANCES.format(day=day))


def _limits() -> None:
    op.create_table(
        "limits",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("scope", _KIND, nullable=False),
        sa.Column(
            "owner_id", sa.BigInteger, nullable=False, comment="a member, role or channel; else 0"
        ),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "scope", "owner_id"),
    )
    op.create_table(
        "server_quotas",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
    )


def _grants() -> None:
    op.create_table(
        "grants",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("target", _KIND, nullable=False),
        sa.Column("target_id", sa.BigInteger, nullable=False, comment="a member or a role"),
        sa.Column("images", sa.Integer),
        sa.Column("usd_micros", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False, comment="brought forward by revoking it"),
    )
    op.create_index("ix_grants_expires_at", "grants", ["expires_at"])
