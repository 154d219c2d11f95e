"""What was painted and paid, in quarters of an hour: what statistics are read from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Amounts of what was settled; a member's own account counts images, and money where they were
# shown something. Whatever was billed stands on at least one account.
_FORMER = """
    INSERT INTO usage (guild_id, quarter, account, model, images, member_usd_micros,
                       billed_usd_micros)
    SELECT guild_id, quarter, account, model, SUM(images), SUM(member_usd_micros),
           SUM(billed_usd_micros)
    FROM (
        SELECT COALESCE(jobs.guild_id, 0) AS guild_id, {quarter} AS quarter,
               jobs.account AS account, jobs.model AS model,
               MAX(CASE WHEN entry.account = jobs.account THEN entry.used_images ELSE 0 END)
                   AS images,
               MAX(CASE WHEN entry.account = jobs.account THEN entry.used_usd_micros ELSE 0 END)
                   AS member_usd_micros,
               MAX(entry.used_usd_micros) AS billed_usd_micros
        FROM ledger_entries AS entry JOIN jobs ON jobs.id = entry.job_id
        WHERE entry.phase = 'close' AND entry.kind = 'settle'
        GROUP BY entry.image_id, COALESCE(jobs.guild_id, 0), {quarter}, jobs.account, jobs.model
    ) AS images
    GROUP BY guild_id, quarter, account, model
"""
_QUARTER = {
    "sqlite": "CAST(strftime('%s', entry.at) AS INTEGER) / 900",
    "postgresql": "CAST(FLOOR(EXTRACT(EPOCH FROM entry.at) / 900) AS INTEGER)",
}


def upgrade() -> None:
    op.create_table(
        "usage",
        sa.Column("guild_id", sa.BigInteger, nullable=False, comment="0 in direct messages"),
        sa.Column(
            "quarter", sa.Integer, nullable=False, comment="quarters of an hour since 1970 in UTC"
        ),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("images", sa.Integer, nullable=False, comment="shown to the member"),
        sa.Column(
            "member_usd_micros",
            sa.BigInteger,
            nullable=False,
            comment="what the images shown cost",
        ),
        sa.Column(
            "billed_usd_micros",
            sa.BigInteger,
            nullable=False,
            comment="the same and what was billed without a picture",
        ),
        sa.PrimaryKeyConstraint("guild_id", "quarter", "account", "model"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_usage_account_quarter", "usage", ["account", "quarter"])
    op.execute(_FORMER.format(quarter=_QUARTER[op.get_bind().dialect.name]))
