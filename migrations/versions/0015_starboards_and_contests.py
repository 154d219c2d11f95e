"""Starboards and what is on them; contests, their entries and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ENUM = sa.String(32)
_IS_OPEN = sa.text("phase IN ('submitting', 'voting', 'counting')")


def upgrade() -> None:
    _add_starboards()
    _add_contests()


def _add_starboards() -> None:
    op.create_table(
        "starboards",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("threshold", sa.Integer, nullable=False, comment="votes of full weight"),
        sa.Column(
            "unreached", sa.Boolean, nullable=False, comment="its managers were told that it is"
        ),
    )
    op.create_table(
        "star_posts",
        sa.Column(
            "image_id",
            sa.String,
            sa.ForeignKey("images.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("origin_channel_id", sa.BigInteger, nullable=False),
        sa.Column("origin_message_id", sa.BigInteger, nullable=False),
        sa.Column("state", _ENUM, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("safe", sa.Boolean, nullable=False, comment="whether safe mode may show it"),
        sa.Column("stars", sa.Integer, nullable=False, comment="the votes that its message shows"),
        sa.Column("times", sa.Integer, nullable=False, comment="how often it was posted"),
        sa.Column("since", _MOMENT, nullable=False, comment="in its state"),
        sa.Column("edited_at", _MOMENT),
    )
    op.create_index("ix_star_posts_guild_id_state", "star_posts", ["guild_id", "state"])
    op.create_index("ix_star_posts_origin_message_id", "star_posts", ["origin_message_id"])
    op.create_index("ix_star_posts_message_id", "star_posts", ["message_id"])


def _add_contests() -> None:
    op.create_table(
        "contests",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("opened_by", sa.BigInteger, nullable=False),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False, comment="required in prompts, as JSON"),
        sa.Column("entries_of_member", sa.Integer, nullable=False),
        sa.Column("prize_images", sa.Integer),
        sa.Column("prize_usd_micros", sa.BigInteger),
        sa.Column("prize_days", sa.Integer, comment="null where there is no prize"),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("submit_until", _MOMENT, nullable=False),
        sa.Column("vote_until", _MOMENT, nullable=False),
        sa.Column("phase", _ENUM, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("announced", _ENUM, comment="the phase that its message shows"),
    )
    op.create_index(
        "ux_contests_open",
        "contests",
        ["guild_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
    op.create_index("ix_contests_guild_id_opened_at", "contests", ["guild_id", "opened_at"])
    op.create_table(
        "contest_entries",
        *_of_contest(),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("origin_channel_id", sa.BigInteger, nullable=False),
        sa.Column("origin_message_id", sa.BigInteger, nullable=False),
        sa.Column("entered_at", _MOMENT, nullable=False),
        sa.Column("number", sa.Integer, comment="by lot, once it is voted on"),
        sa.Column("place", sa.Integer, comment="once the contest is closed"),
        sa.Column("weight", sa.Integer, nullable=False, comment="of its votes, in thousandths"),
        sa.PrimaryKeyConstraint("contest_id", "image_id"),
    )
    op.create_index(
        "ix_contest_entries_origin_message_id", "contest_entries", ["origin_message_id"]
    )
    op.create_table(
        "contest_approvals",
        *_of_contest(),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False, comment="thousandths"),
        sa.PrimaryKeyConstraint("contest_id", "image_id", "user_id"),
    )


def _of_contest() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column(
            "contest_id",
            sa.String,
            sa.ForeignKey("contests.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "image_id", sa.String, sa.ForeignKey("images.id", ondelete="CASCADE"), nullable=False
        ),
    )
