"""What the audit log says of changes to quotas: who, when, and before and after as JSON."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import GuildId, UserId
from bot.domain.moderation.audit import Act, AuditEntry
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.limit_change import Change, LimitChange
from bot.domain.quotas.limits import Limits, LimitScope, LimitSource
from bot.domain.quotas.server_quota import ServerQuota
from bot.services.storage_ports import Transaction

_SETTINGS = "server"


@dataclass(frozen=True, slots=True)
class Manager:
    """Who changes a server's quotas. That they may is for the caller to ask."""

    user_id: UserId
    guild_id: GuildId


async def note_change(tx: Transaction, by: Manager, change: Change, now: datetime) -> None:
    """Write down that limits or settings were changed."""
    if isinstance(change, LimitChange):
        act, subject = Act.LIMITS_SET, await _place(tx, by.guild_id, change.source)
    else:
        act, subject = Act.QUOTA_SETTINGS_SET, _SETTINGS
    detail = _as_json({"before": _said(change.before), "after": _said(change.after)})
    await _note(tx, by, now, act=act, subject=subject, detail=detail)


async def note_grant_given(tx: Transaction, by: Manager, grant: Grant, now: datetime) -> None:
    """Write down that a grant was given."""
    await _note_grant(tx, by, now, act=Act.GRANT_GIVEN, grant=grant)


async def note_grant_revoked(tx: Transaction, by: Manager, grant: Grant, now: datetime) -> None:
    """Write down that a grant was revoked."""
    await _note_grant(tx, by, now, act=Act.GRANT_REVOKED, grant=grant)


async def _note_grant(
    tx: Transaction, by: Manager, now: datetime, *, act: Act, grant: Grant
) -> None:
    given = {
        "id": grant.id,
        "images": grant.images,
        "usd_micros": grant.usd_micros,
        "expires_at": grant.expires_at.isoformat(),
    }
    scope = LimitScope.ROLE if grant.target is GrantTarget.ROLE else LimitScope.MEMBER
    subject = await _place(tx, by.guild_id, LimitSource(scope, grant.target_id))
    await _note(tx, by, now, act=act, subject=subject, detail=_as_json(given), reason=grant.reason)


async def _note(
    tx: Transaction,
    by: Manager,
    now: datetime,
    *,
    act: Act,
    subject: str,
    detail: str,
    reason: str = "",
) -> None:
    account = await tx.members.account_of(by.user_id, by.guild_id)
    await tx.audit.add(
        AuditEntry(
            at=now,
            guild_id=by.guild_id,
            account=account,
            act=act,
            subject=subject,
            detail=detail,
            reason=reason,
        )
    )


async def _place(tx: Transaction, guild_id: GuildId, source: LimitSource) -> str:
    """What was changed; a member by their account, which tells of nobody once they are deleted."""
    if source.scope is LimitScope.MEMBER:
        account = await tx.members.account_of(UserId(source.owner_id), guild_id)
        return f"{source.scope} {account}"
    return f"{source.scope} {source.owner_id}" if source.owner_id else f"{source.scope}"


def _said(value: Limits | ServerQuota) -> Mapping[str, object]:
    return {name: each for name, each in dataclasses.asdict(value).items() if each is not None}


def _as_json(value: Mapping[str, object]) -> str:
    return json.dumps(value, sort_keys=True)
