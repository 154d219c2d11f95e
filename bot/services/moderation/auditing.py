"""Writing the audit log: in the transaction that makes the change, so that both are there."""

from datetime import datetime
from typing import Protocol

from bot.domain.gate.pause import EVERYWHERE
from bot.domain.ids import AccountKey, GuildId, UserId
from bot.domain.moderation.audit import Act, AuditEntry
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.services.storage_ports import Transaction


class Acting(Protocol):
    """Who acts, and where."""

    @property
    def user_id(self) -> UserId:
        """Who."""

    @property
    def guild_id(self) -> GuildId | None:
        """In which server; None in direct messages."""


async def write_down(
    tx: Transaction,
    by: Acting,
    act: Act,
    subject: str,
    *,
    now: datetime,
    detail: str = "",
    reason: str = "",
    everywhere: bool = False,
) -> None:
    """Write down what a member did; `everywhere` for what no single server owns."""
    account = await tx.members.account_of(by.user_id, by.guild_id)
    guild_id = EVERYWHERE if everywhere or by.guild_id is None else by.guild_id
    await tx.audit.add(
        AuditEntry(
            at=now,
            guild_id=guild_id,
            account=account,
            act=act,
            subject=subject,
            detail=detail,
            reason=reason,
        )
    )


async def write_down_own(
    tx: Transaction,
    guild_id: GuildId,
    act: Act,
    subject: str,
    *,
    now: datetime,
    detail: str = "",
    reason: str = "",
    account: AccountKey = BOT_ACCOUNT,
) -> None:
    """Write down what the bot did by itself in a server, or whoever's account is known."""
    await tx.audit.add(
        AuditEntry(
            at=now,
            guild_id=guild_id,
            account=account,
            act=act,
            subject=subject,
            detail=detail,
            reason=reason,
        )
    )


async def member_subject(tx: Transaction, user_id: UserId, guild_id: GuildId | None) -> str:
    """A member by the name that the log has for them: the key of their account in the server."""
    return f"member {await tx.members.account_of(user_id, guild_id)}"
