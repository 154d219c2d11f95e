"""Who has used what: sums under pseudonymous keys."""

from bot.domain.privacy import ErasureStage
from bot.storage import tables
from bot.storage.personal.fates import (
    Declaration,
    Holds,
    Kept,
    RowsGo,
)

_SUMS = Kept("sums under a pseudonymous key, so that what was paid stays right")

ACCOUNTS = (
    Declaration(
        table=tables.accounts,
        holds={"key": Holds.ACCOUNT},
        member=(_SUMS,),
        server=(_SUMS,),
    ),
    Declaration(
        table=tables.members,
        holds={"user_id": Holds.MEMBER, "guild_id": Holds.SERVER, "account": Holds.ACCOUNT},
        member=(RowsGo("user_id", stage=ErasureStage.LINK),),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
    Declaration(
        table=tables.ledger_entries,
        holds={
            "account": Holds.ACCOUNT,
            "job_id": Holds.OURS,
            "image_id": Holds.OURS,
            "phase": Holds.OURS,
            "reason": Holds.OURS,
        },
        member=(_SUMS,),
        server=(_SUMS,),
    ),
    Declaration(
        table=tables.balances, holds={"account": Holds.ACCOUNT}, member=(_SUMS,), server=(_SUMS,)
    ),
    Declaration(
        table=tables.day_balances,
        holds={"account": Holds.ACCOUNT},
        member=(_SUMS,),
        server=(_SUMS,),
    ),
    Declaration(
        table=tables.usage,
        holds={"guild_id": Holds.SERVER, "account": Holds.ACCOUNT, "model": Holds.OURS},
        member=(_SUMS,),
        server=(_SUMS,),
    ),
)
