"""What the bot keeps about its own work."""

from bot.domain.privacy import ErasureKind, ErasureStage
from bot.storage import tables
from bot.storage.personal import erasure_tables
from bot.storage.personal.fates import (
    Declaration,
    Holds,
    Kept,
    RowsGo,
)
from bot.storage.schedule.tables import scheduled_work

ITSELF = (
    Declaration(
        table=tables.markers,
        holds={"name": Holds.OURS, "value": Holds.OURS},
        server=(Kept("of a server it says at most by which budget its managers were warned"),),
    ),
    Declaration(
        table=scheduled_work,
        holds={"kind": Holds.OURS, "subject": Holds.MEMBER},
        member=(Kept("the erasure itself is scheduled here, and goes with its end"),),
        server=(Kept("the erasure itself is scheduled here, and goes with its end"),),
    ),
    Declaration(
        table=erasure_tables.erasures,
        holds={"subject": Holds.MEMBER},
        member=(RowsGo("subject", {"kind": ErasureKind.MEMBER}, ErasureStage.LINK),),
        server=(RowsGo("subject", {"kind": ErasureKind.SERVER}),),
    ),
    Declaration(
        table=erasure_tables.erasure_messages,
        holds={"user_id": Holds.MEMBER, "channel_id": Holds.PLACE, "message_id": Holds.MESSAGE},
        member=(RowsGo("user_id", stage=ErasureStage.LINK),),
    ),
    Declaration(
        table=erasure_tables.departures,
        holds={"guild_id": Holds.SERVER},
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=erasure_tables.exports,
        holds={"user_id": Holds.MEMBER},
        member=(RowsGo("user_id", stage=ErasureStage.LINK),),
    ),
)
