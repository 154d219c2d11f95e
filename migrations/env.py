"""Runs the steps on the connection of `bot.storage.engine.migrate`, in its transaction.

A step is a file `versions/NNNN_what_it_brings.py` that names the one before it as its
`down_revision` and brings the database from there to what `bot.storage.tables` says. It spells
out its columns instead of importing them, because the tables go on changing after it. There is
no way down: a database newer than the code is refused.
"""

from alembic import context
from sqlalchemy import Connection

from bot.storage.engine.full_text import is_in_metadata
from bot.storage.votes.tables import metadata

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
