"""How often each picture was marked, kept instead of counted.

Those marked already are counted once, in one statement: there are as many as members pressed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_FORMER = """
    INSERT INTO favourite_counts (image_id, guild_id, favourites, asked_at)
    SELECT images.id, jobs.guild_id, marked.favourites, jobs.created_at
    FROM (SELECT image_id, COUNT(*) AS favourites FROM favourites GROUP BY image_id) AS marked
    JOIN images ON images.id = marked.image_id
    JOIN jobs ON jobs.id = images.job_id
"""


def upgrade() -> None:
    op.create_table(
        "favourite_counts",
        sa.Column(
            "image_id", sa.String, sa.ForeignKey("images.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("guild_id", sa.BigInteger, comment="none in direct messages"),
        sa.Column("favourites", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "ix_favourite_counts_favourites",
        "favourite_counts",
        ["guild_id", "favourites", "asked_at", "image_id"],
    )
    op.execute(_FORMER)
