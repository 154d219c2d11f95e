"""How large a file of an answer may be, unknown for what was asked before; and the channels in
which servers' moderators are told of reports."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("reply_file_limit_bytes", sa.Integer))
    op.create_table(
        "report_channels",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("guild_id"),
    )
