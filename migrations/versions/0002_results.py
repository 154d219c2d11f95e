"""Where results are shown, sharing and deletion, favourites and reports.

A child outlives the row of its parent.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PARENT = "fk_images_parent_image_id"


def upgrade() -> None:
    _jobs()
    _images()
    _favourites()
    _reports()


def _jobs() -> None:
    op.add_column("jobs", sa.Column("shown_channel_id", sa.BigInteger))
    op.add_column("jobs", sa.Column("shown_message_id", sa.BigInteger))
    op.add_column(
        "jobs", sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("jobs", sa.Column("deleted_at", _MOMENT))


def _images() -> None:
    with op.batch_alter_table("images") as images:
        images.drop_constraint(_PARENT, type_="foreignkey")
        images.create_foreign_key(
            _PARENT, "images", ["parent_image_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_images_picture_sha256", "images", ["picture_sha256"])


def _favourites() -> None:
    op.create_table(
        "favourites",
        sa.Column("user_id", sa.BigInteger, nullable=False),
        _image_id(),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "image_id"),
    )
    op.create_index("ix_favourites_image_id", "favourites", ["image_id"])


def _reports() -> None:
    op.create_table(
        "reports",
        _image_id(),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("image_id", "user_id"),
    )


def _image_id() -> sa.Column[str]:
    return sa.Column(
        "image_id", sa.String, sa.ForeignKey("images.id", ondelete="CASCADE"), nullable=False
    )
