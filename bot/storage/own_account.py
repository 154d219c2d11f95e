"""The bot's own account, under which its own acts are written down."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey
from bot.domain.quotas.ledger import BOT_ACCOUNT, AccountKind
from bot.storage.engine.upsert import insert_into
from bot.storage.tables import accounts


async def open_own_account(
    connection: AsyncConnection, account: AccountKey, *, now: datetime
) -> None:
    """Open the bot's account if it is this one and nobody has; members' are opened elsewhere."""
    if account != BOT_ACCOUNT:
        return
    await connection.execute(
        insert_into(connection, accounts)
        .values(key=BOT_ACCOUNT, kind=AccountKind.BOT, created_at=now)
        .on_conflict_do_nothing(index_elements=[accounts.c.key])
    )
