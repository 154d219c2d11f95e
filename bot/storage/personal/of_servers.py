"""What servers have set."""

from bot.domain.privacy import ErasureStage
from bot.domain.quotas.grants import GrantTarget
from bot.domain.quotas.limits import LimitScope
from bot.storage import tables
from bot.storage.moderation import tables as moderation_tables
from bot.storage.personal.fates import (
    Declaration,
    Holds,
    Kept,
    RowsGo,
)
from bot.storage.quotas import tables as quota_tables

_LOGGED = Kept("what was done and refused stays on record for its term, under pseudonymous keys")

SERVERS = (
    Declaration(
        table=tables.report_channels,
        holds={"guild_id": Holds.SERVER, "channel_id": Holds.PLACE},
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=moderation_tables.channel_settings,
        holds={"guild_id": Holds.SERVER, "place_id": Holds.PLACE, "value": Holds.WORDS},
        member=(Kept("the rules of a channel tell nothing of members"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=moderation_tables.pauses,
        holds={"guild_id": Holds.SERVER, "place_id": Holds.PLACE, "reason": Holds.WORDS},
        member=(Kept("a pause says why, and not by whom"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=moderation_tables.blocked_terms,
        holds={
            "guild_id": Holds.SERVER,
            "text": Holds.WORDS,
            "language": Holds.OURS,
            "account": Holds.ACCOUNT,
        },
        member=(Kept("a server's list stays, under the key of whoever added to it"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=moderation_tables.log_channels,
        holds={"guild_id": Holds.SERVER, "channel_id": Holds.PLACE},
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=moderation_tables.audit_log,
        holds={
            "guild_id": Holds.SERVER,
            "account": Holds.ACCOUNT,
            "subject": Holds.WORDS,
            "detail": Holds.WORDS,
            "reason": Holds.WORDS,
        },
        member=(_LOGGED,),
        server=(_LOGGED,),
    ),
    Declaration(
        table=quota_tables.limits,
        holds={"guild_id": Holds.SERVER, "owner_id": Holds.MEMBER, "value": Holds.OURS},
        member=(RowsGo("owner_id", {"scope": LimitScope.MEMBER}, ErasureStage.LINK),),
        server=(RowsGo("guild_id"),),
        exported="owner_id",
    ),
    Declaration(
        table=quota_tables.server_quotas,
        holds={"guild_id": Holds.SERVER, "value": Holds.OURS},
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=quota_tables.grants,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "target_id": Holds.MEMBER,
            "reason": Holds.WORDS,
        },
        member=(RowsGo("target_id", {"target": GrantTarget.MEMBER}, ErasureStage.LINK),),
        server=(RowsGo("guild_id"),),
        exported="target_id",
    ),
    Declaration(
        table=quota_tables.waiting_changes,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "user_id": Holds.MEMBER,
            "change": Holds.OURS,
        },
        member=(RowsGo("user_id"),),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
)
