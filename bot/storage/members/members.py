"""Which account a member has in a server."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey, GuildId, UserId
from bot.domain.quotas.ledger import AccountKind
from bot.storage.engine.upsert import insert_into
from bot.storage.tables import accounts, members

_DIRECT_MESSAGES = GuildId(0)
_ACCOUNT = select(members.c.account).where(
    members.c.user_id == bindparam("member"), members.c.guild_id == bindparam("place")
)


class SqlMemberRepository:
    """`MemberRepository` on a connection that is in a transaction."""

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        new_account_key: Callable[[], AccountKey],
        now: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._new_account_key = new_account_key
        self._now = now

    async def account_of(self, user_id: UserId, guild_id: GuildId | None) -> AccountKey:
        """The member's account, opened if there is none."""
        place = _DIRECT_MESSAGES if guild_id is None else guild_id
        of_member = {"member": user_id, "place": place}
        account = (await self._connection.execute(_ACCOUNT, of_member)).scalar_one_or_none()
        if account is None:
            await self._open(user_id, place)
            account = (await self._connection.execute(_ACCOUNT, of_member)).scalar_one()
        return AccountKey(account)

    async def _open(self, user_id: UserId, place: GuildId) -> None:
        """Open an account, unless another transaction does so at the same time."""
        key = self._new_account_key()
        await self._connection.execute(
            accounts.insert().values(key=key, kind=AccountKind.MEMBER, created_at=self._now())
        )
        opened = await self._connection.execute(
            insert_into(self._connection, members)
            .values(user_id=user_id, guild_id=place, account=key)
            .on_conflict_do_nothing(index_elements=[members.c.user_id, members.c.guild_id])
            .returning(members.c.account)
        )
        if opened.one_or_none() is None:
            await self._connection.execute(delete(accounts).where(accounts.c.key == key))
