"""Votes on pictures in styles, by the kind of their prompt and by their model.

The pictures that have votes already are written down without a kind, in one statement: prompts
are looked at by the bot itself, some at a time, which then counts their votes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ENUM = sa.String(32)
_IS_UNSORTED = sa.text("prompt_kind IS NULL")

_FORMER = """
    INSERT INTO styled_pictures (image_id, style, model, painted_at)
    SELECT credit.image_id, credit.subject, jobs.model, jobs.created_at
    FROM vote_credits AS credit
    JOIN images ON images.id = credit.image_id
    JOIN jobs ON jobs.id = images.job_id
    WHERE credit.kind = 'style'
"""


def upgrade() -> None:
    op.create_table(
        "styled_pictures",
        sa.Column(
            "image_id", sa.String, sa.ForeignKey("images.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("style", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("prompt_kind", _ENUM, comment="none until its prompt was looked at"),
        sa.Column("painted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "ix_styled_pictures_unsorted",
        "styled_pictures",
        ["image_id"],
        sqlite_where=_IS_UNSORTED,
        postgresql_where=_IS_UNSORTED,
    )
    op.create_table(
        "style_tallies",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("span", sa.String, nullable=False, comment="see bot.domain.voting.span"),
        sa.Column("prompt_kind", _ENUM, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("style", sa.String, nullable=False),
        sa.Column("pictures", sa.Integer, nullable=False, comment="with votes that count"),
        sa.Column("ups", sa.Integer, nullable=False),
        sa.Column("downs", sa.Integer, nullable=False),
        sa.Column("up_weight", sa.BigInteger, nullable=False, comment="thousandths"),
        sa.Column("down_weight", sa.BigInteger, nullable=False, comment="thousandths"),
        sa.PrimaryKeyConstraint("guild_id", "span", "prompt_kind", "model", "style"),
        sqlite_with_rowid=False,
    )
    op.execute(_FORMER)
