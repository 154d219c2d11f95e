"""The tables. A change here needs a step in `migrations/versions`.

Entries of the ledger name jobs and images without a foreign key, and members name their account,
not the other way round: what is known of a member can be deleted and every sum stays right.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
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

from bot.domain.jobs.failure import Billing, FailureReason
from bot.domain.jobs.job import OPEN_JOB_STATES, ImageState, JobState
from bot.domain.moderation.report_case import ReportOutcome
from bot.domain.preferences.defaults import DefaultsScope
from bot.domain.quotas.ledger import AccountKind, EntryKind
from bot.storage.engine.column_types import (
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

BEFORE_RELEASE = "those before moderators last released something of it"

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
    Column("by_moderator", Boolean, nullable=False, server_default=false()),
    Column("by_new_member", Boolean, nullable=False, server_default=false()),
    Column("private", Boolean, nullable=False),
    Column("model", ForeignName, nullable=False),
    Column("request", Text, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("reply_application_id", Snowflake),
    Column("reply_token", String),
    Column("reply_message_id", Snowflake),
    Column("reply_expires_at", UtcDateTime),
    Column("reply_file_limit_bytes", Integer),
    Column("shown_channel_id", Snowflake),
    Column("shown_message_id", Snowflake),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("owner", String),
    Column("lease_until", UtcDateTime),
    Column("fence", Integer, nullable=False),
    Column("earlier_claims", Integer, nullable=False, server_default="0", comment=BEFORE_RELEASE),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime, comment="when a worker first took it"),
    Column("cancelled_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    Index("ix_jobs_model", "model", "created_at"),
    Index("ix_jobs_started_at", "started_at"),
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
    Column("enhanced_prompt", ForeignText),
    UniqueConstraint("job_id", "position"),
)

job_inputs = Table(
    "job_inputs",
    metadata,
    Column("job_id", String, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("sha256", String, nullable=False),
    PrimaryKeyConstraint("job_id", "sha256"),
    Index("ix_job_inputs_sha256", "sha256"),
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
    Column("guild_id", Snowflake, nullable=False, comment="0 in direct messages"),
    Column("reason", ForeignText, nullable=False),
    Column("weight", Float, nullable=False, comment="see bot.domain.moderation.report_weight"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("outcome", enum_column(ReportOutcome), comment="none until a moderator has decided"),
    Column("decided_at", UtcDateTime),
    PrimaryKeyConstraint("image_id", "user_id"),
    Index("ix_reports_guild_id_created_at", "guild_id", "created_at"),
    Index("ix_reports_user_id_created_at", "user_id", "created_at"),
)

report_channels = Table(
    "report_channels",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("channel_id", Snowflake, nullable=False),
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
    Column("bucket_start", UtcDateTime, nullable=False),
    Column("reserved_images", Integer, nullable=False),
    Column("used_images", Integer, nullable=False),
    Column("reserved_usd_micros", Micros, nullable=False),
    Column("used_usd_micros", Micros, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", String),
    UniqueConstraint("image_id", "account", "phase"),
    Index("ix_ledger_entries_account_bucket_start", "account", "bucket_start"),
)

# Of 15 minutes each: a window is the sum of its buckets, see `bot.domain.quotas.windows`.
balances = Table(
    "balances",
    metadata,
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("bucket_start", UtcDateTime, nullable=False),
    Column("reserved_images", Integer, nullable=False),
    Column("used_images", Integer, nullable=False),
    Column("reserved_usd_micros", Micros, nullable=False),
    Column("used_usd_micros", Micros, nullable=False),
    PrimaryKeyConstraint("account", "bucket_start"),
    CheckConstraint("reserved_images >= 0", name="reserved_images"),
    CheckConstraint("reserved_usd_micros >= 0", name="reserved_usd_micros"),
    # A window's buckets then lie side by side.
    sqlite_with_rowid=False,
)

# The buckets of each UTC day together, so that a month is read in some thirty rows.
day_balances = Table(
    "day_balances",
    metadata,
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("day_start", UtcDateTime, nullable=False),
    Column("reserved_images", Integer, nullable=False),
    Column("used_images", Integer, nullable=False),
    Column("reserved_usd_micros", Micros, nullable=False),
    Column("used_usd_micros", Micros, nullable=False),
    PrimaryKeyConstraint("account", "day_start"),
    sqlite_with_rowid=False,
)

# Of what was settled, by member and model: sums, so that they outlive the jobs.
usage = Table(
    "usage",
    metadata,
    Column("guild_id", Snowflake, nullable=False, comment="0 in direct messages"),
    Column("quarter", Integer, nullable=False, comment="quarters of an hour since 1970 in UTC"),
    Column("account", String, ForeignKey("accounts.key"), nullable=False),
    Column("model", ForeignName, nullable=False),
    Column("images", Integer, nullable=False, comment="shown to the member"),
    Column("member_usd_micros", Micros, nullable=False, comment="what the images shown cost"),
    Column(
        "billed_usd_micros",
        Micros,
        nullable=False,
        comment="the same and what was billed without a picture",
    ),
    PrimaryKeyConstraint("guild_id", "quarter", "account", "model"),
    Index("ix_usage_account_quarter", "account", "quarter"),
    # A span's rows lie side by side, in the key itself: a year is summed in half the time.
    sqlite_with_rowid=False,
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
    Column("terms", Text, nullable=False, comment="see bot.storage.engine.full_text"),
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

pending_requests = Table(
    "pending_requests",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", Snowflake, nullable=False),
    Column("requests", Text, nullable=False),
    Column("parent_image_id", String),
    Column("application_id", Snowflake, nullable=False),
    Column("token", String, nullable=False),
    Column("message_id", Snowflake, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_pending_requests_expires_at", "expires_at"),
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

cooldowns = Table(
    "cooldowns",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("last_request_at", UtcDateTime),
    Column("failed_at", Text, nullable=False, server_default="[]", comment="moments, as JSON"),
    Column("paused_until", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False, index=True),
)
