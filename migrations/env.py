"""Runs the steps on the connection that `bot.storage.migrate` hands over, in its transaction.

A step is a file `versions/NNNN_what_it_brings.py` that names the one before it as its
`down_revision` and brings the database from there to what `bot.storage.tables` says. It spells
out its columns instead of importing them, because the tables go on changing after it. There is
no way down: a database newer than the code is refused.
"""

from alembic import context
from sqlalchemy import Connection

from bot.storage import (  # noqa: F401 - they add their tables
    battle_tables,
    conduct_tables,
    contest_tables,
    erasure_tables,
    moderation_tables,
    review_tables,
    round_tables,
    schedule_tables,
    starboard_tables,
)
from bot.storage.full_text import is_in_metadata
from bot.storage.vote_tables import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    include_name=is_in_metadata,
    # SQLite has no ALTER for most changes; Alembic then makes the table anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
