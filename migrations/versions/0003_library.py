"""Finding pictures again, the pages that members leaf through, presets and defaults."""

import json

import sqlalchemy as sa
from alembic import op

from bot.domain.library.search_terms import index_terms

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_BATCH = 500

_SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE job_terms USING fts5(
        terms, content='job_index', content_rowid='number', tokenize='ascii', detail='none'
    )
    """,
    """
    CREATE TRIGGER job_terms_insert AFTER INSERT ON job_index BEGIN
        INSERT INTO job_terms(rowid, terms) VALUES (new.number, new.terms);
    END
    """,
    """
    CREATE TRIGGER job_terms_delete AFTER DELETE ON job_index BEGIN
        INSERT INTO job_terms(job_terms, rowid, terms) VALUES ('delete', old.number, old.terms);
    END
    """,
    """
    CREATE TRIGGER job_terms_update AFTER UPDATE OF terms ON job_index BEGIN
        INSERT INTO job_terms(job_terms, rowid, terms) VALUES ('delete', old.number, old.terms);
        INSERT INTO job_terms(rowid, terms) VALUES (new.number, new.terms);
    END
    """,
)
_POSTGRESQL_SEARCH = (
    """
    CREATE INDEX ix_job_index_terms ON job_index
    USING gin (array_to_tsvector(string_to_array(terms, ' ')))
    """,
)


def upgrade() -> None:
    _job_index()
    _search()
    _index_former_jobs()
    _pages()
    _preferences()


def _job_index() -> None:
    op.create_table(
        "job_index",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            primary_key=True,
        ),
        sa.Column(
            "job_id",
            sa.String,
            sa.ForeignKey("jobs.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("style", sa.String),
        sa.Column("safe", sa.Boolean, nullable=False, comment="painted with safe mode on"),
        sa.Column("terms", sa.Text, nullable=False, comment="see bot.storage.engine.full_text"),
    )
    op.create_index("ix_jobs_user_id_created_at_id", "jobs", ["user_id", "created_at", "id"])
    op.create_index("ix_jobs_guild_id_created_at_id", "jobs", ["guild_id", "created_at", "id"])


def _search() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL_SEARCH if is_postgresql else _SQLITE_SEARCH:
        op.execute(statement)


def _index_former_jobs() -> None:
    bind = op.get_bind()
    jobs = sa.table(
        "jobs",
        sa.column("id", sa.String),
        sa.column("recipe", sa.Text),
        sa.column("deleted_at", _MOMENT),
    )
    index = sa.table(
        "job_index",
        sa.column("job_id", sa.String),
        sa.column("model", sa.String),
        sa.column("style", sa.String),
        sa.column("safe", sa.Boolean),
        sa.column("terms", sa.Text),
    )
    last = ""
    while True:
        batch = bind.execute(
            sa.select(jobs)
            .where(jobs.c.id > last, jobs.c.deleted_at.is_(None))
            .order_by(jobs.c.id)
            .limit(_BATCH)
        ).all()
        if not batch:
            return
        last = batch[-1].id
        bind.execute(index.insert(), [{"job_id": row.id, **_indexed(row.recipe)} for row in batch])


def _indexed(recipe_json: str) -> dict[str, object]:
    recipe = json.loads(recipe_json)
    return {
        "model": recipe["model"],
        "style": recipe["style"],
        "safe": recipe["safe_mode"],
        "terms": " ".join(index_terms(recipe["prompt"])),
    }


def _pages() -> None:
    op.create_table(
        "page_states",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_page_states_expires_at", "page_states", ["expires_at"])


def _preferences() -> None:
    op.create_table(
        "defaults",
        sa.Column("scope", sa.String(32), nullable=False),
        sa.Column(
            "owner_id",
            sa.BigInteger,
            nullable=False,
            comment="a member, a channel or a server",
        ),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("scope", "owner_id"),
    )
    op.create_table(
        "presets",
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String, nullable=False, comment="the name in lower case"),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key"),
    )
