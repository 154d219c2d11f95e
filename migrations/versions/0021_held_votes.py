"""Why votes weigh what they weigh, and votes that are held."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ENUM = sa.String(32)
_IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.add_column("votes", sa.Column("newness", _ENUM, comment="what of the member was new then"))
    op.add_column(
        "votes",
        sa.Column(
            "held",
            sa.Boolean,
            nullable=False,
            server_default=sa.false(),
            comment="counts for nothing",
        ),
    )
    op.add_column("votes", sa.Column("hold_id", sa.String, comment="also once it was decided on"))
    op.create_index("ix_votes_hold_id", "votes", ["hold_id"])
    op.create_index("ix_votes_user_id", "votes", ["user_id", "guild_id"])
    op.create_table(
        "vote_holds",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("kind", _ENUM, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("state", _ENUM, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )
    op.create_index(
        "uq_vote_holds_open",
        "vote_holds",
        ["guild_id", "kind", "subject"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
