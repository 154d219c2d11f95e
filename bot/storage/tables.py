"""The tables. A change here needs a step in `migrations/versions`.

Entries of the ledger name jobs and images without a foreign key, and members name their account,
not the other way round: what is known of a member can be deleted and every sum stays right.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    false,
)

from bot.domain.defaults import DefaultsScope
from bot.domain.failure import Billing, FailureReason
from bot.domain.job import OPEN_JOB_STATES, ImageState, JobState
from bot.domain.ledger import AccountKind, EntryKind
from bot.storage.column_types import (
    ForeignName,
    ForeignText,
    Micros,
    RowNumber,
    Snowflake,
    UtcDateTime,
    enum_column,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

accounts = Table(
    "accounts",
    metadata,
    Column("key", String, primary_key=True),
    Column("kind", enum_column(AccountKind), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("user_id", Snowflake, nullable=False),
    Column("guild_id", Snowflake, nullable=False, comment="0 in direct messages"),
    Column("account", String, ForeignKey("accounts.key"), nullable=False, unique=True),
    PrimaryKeyConstraint("user_id", "guild_id"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("idempotency_key", String, nullable=False, unique=True),
    Column("state", enum_column(JobState), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("guild_id", Snowflake),
    Column("channel_id", Snowflake, nullable=False),
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("locale", String, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("model", ForeignName, nullable=False),
    Column("request", Text, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("reply_application_id", Snowflake),
    Column("reply_token", String),
    Column("reply_message_id", Snowflake),
    Column("reply_expires_at", UtcDateTime),
    Column("shown_channel_id", Snowflake),
    Column("shown_message_id", Snowflake),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("owner", String),
    Column("lease_until", UtcDateTime),
    Column("fence", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    Index("ix_jobs_model", "model", "created_at"),
    Index("ix_jobs_user_id_created_at_id", "user_id", "created_at", "id"),
    Index("ix_jobs_guild_id_created_at_id", "guild_id", "created_at", "id"),
)

# Literal, because no database sees that a partial index fits a condition made of parameters.
is_open = jobs.c.state.in_(
    bindparam("open_states", sorted(OPEN_JOB_STATES), expanding=True, literal_execute=True)
)
"""The condition of jobs in which a worker has something to do."""

Index(
    "ix_jobs_open",
    jobs.c.created_at,
    jobs.c.id,
    sqlite_where=jobs.c.state.in_(sorted(OPEN_JOB_STATES)),
    postgresql_where=jobs.c.state.in_(sorted(OPEN_JOB_STATES)),
)

images = Table(
    "images",
    metadata,
    Column("id", String, primary_key=True),
    Column("job_id", String, ForeignKey("jobs.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("parent_image_id", String, ForeignKey("images.id", ondelete="SET NULL"), index=True),
    Column("seed", BigInteger, nullable=False),
    Column("state", enum_column(ImageState), nullable=False),
    Column("reserved_usd_micros", Micros),
    Column("sent_at", UtcDateTime),
    Column("picture_sha256", String, index=True),
    Column("picture_content_type", String),
    Column("picture_size_bytes", Integer),
    Column("blurred", Boolean),
    Column("content_violation", Boolean),
    Column("failure_reason", enum_column(FailureReason)),
    Column("failure_billing", enum_column(Billing)),
    Column("failure_detail", ForeignText),
    Column("failure_request_id", ForeignText),
    Column("duration_ms", Integer),
    UniqueConstraint("job_id", "position"),
)

favourites = Table(
    "favourites",
    metadata,
    Column("user_id", Snowflake, nullable=False),
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("user_id", "image_id"),
    Index("ix_favourites_image_id", "image_id"),
)

reports = Table(
    "reports",
    metadata,
    Column("image_id", String, ForeignKey("images.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("reason", ForeignText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("image_id", "user_id"),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("id", RowNumber, Identity(), primary_key=True),
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("kind", enum_column(EntryKind), nullable=False),
    Column("job_id", String),
    Column("image_id", String),
    Column("phase", String(5), comment="open or close; an image has one of each on an account"),
    Column("window_start", UtcDateTime, nullable=False),
    Column("window_end", UtcDateTime, nullable=False),
    Column("reserved_images", Integer, nullable=False),
    Column("used_images", Integer, nullable=False),
    Column("reserved_usd_micros", Micros, nullable=False),
    Column("used_usd_micros", Micros, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", String),
    UniqueConstraint("image_id", "account", "phase"),
    Index("ix_ledger_entries_account_window_start", "account", "window_start"),
)

balances = Table(
    "balances",
    metadata,
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("window_start", UtcDateTime, nullable=False),
    Column("window_end", UtcDateTime, nullable=False),
    Column("reserved_images", Integer, nullable=False),
    Column("used_images", Integer, nullable=False),
    Column("reserved_usd_micros", Micros, nullable=False),
    Column("used_usd_micros", Micros, nullable=False),
    # The end belongs to the key: a day and a month can begin at the same moment.
    PrimaryKeyConstraint("account", "window_start", "window_end"),
    CheckConstraint("reserved_images >= 0", name="reserved_images"),
    CheckConstraint("reserved_usd_micros >= 0", name="reserved_usd_micros"),
)

notices = Table(
    "notices",
    metadata,
    Column("job_id", String, ForeignKey("jobs.id"), primary_key=True),
    Column("user_id", Snowflake, nullable=False),
    Column("refunded_images", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Index("ix_notices_user_id", "user_id"),
)

markers = Table(
    "markers",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# By what a job is found. What is needed for that alone, and no row where it is not to be found.
job_index = Table(
    "job_index",
    metadata,
    Column("number", RowNumber, Identity(), primary_key=True),
    Column(
        "job_id", String, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("model", ForeignName, nullable=False),
    Column("style", ForeignName),
    Column("safe", Boolean, nullable=False, comment="painted with safe mode on"),
    Column("terms", Text, nullable=False, comment="see bot.storage.full_text"),
)

page_states = Table(
    "page_states",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", Snowflake, nullable=False),
    Column("query", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_page_states_expires_at", "expires_at"),
)

defaults = Table(
    "defaults",
    metadata,
    Column("scope", enum_column(DefaultsScope), nullable=False),
    Column("owner_id", Snowflake, nullable=False, comment="a member, a channel or a server"),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("scope", "owner_id"),
)

presets = Table(
    "presets",
    metadata,
    Column("user_id", Snowflake, nullable=False),
    Column("key", String, nullable=False, comment="the name in lower case"),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("user_id", "key"),
)
