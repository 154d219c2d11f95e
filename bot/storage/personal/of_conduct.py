"""What strikes and blocks tell of members."""

from bot.storage.moderation import conduct_tables
from bot.storage.personal.fates import Declaration, Holds, Kept, RowsGo

_DECIDED = Kept("what moderators have decided about somebody; deleting is no way round it")

CONDUCT = (
    Declaration(
        table=conduct_tables.strikes,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "user_id": Holds.MEMBER,
            "reason": Holds.WORDS,
            "account": Holds.ACCOUNT,
            "image_id": Holds.OURS,
        },
        member=(_DECIDED,),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
    Declaration(
        table=conduct_tables.blocks,
        holds={"guild_id": Holds.SERVER, "user_id": Holds.MEMBER, "reason": Holds.WORDS},
        member=(_DECIDED,),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
    Declaration(
        table=conduct_tables.conduct_notices,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "user_id": Holds.MEMBER,
            "reason": Holds.WORDS,
        },
        member=(RowsGo("user_id"),),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
    Declaration(
        table=conduct_tables.strike_rules,
        holds={"guild_id": Holds.SERVER},
        server=(RowsGo("guild_id"),),
    ),
)
