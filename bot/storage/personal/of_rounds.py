"""What members propose and vote on in rounds of styles."""

from bot.storage.personal.fates import Declaration, GoesWith, Holds, Kept, RowsGo, Unnamed
from bot.storage.rounds import tables as round_tables

ROUNDS = (
    Declaration(
        table=round_tables.style_rounds,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "channel_id": Holds.PLACE,
            "open_in": Holds.PLACE,
            "opened_by": Holds.MEMBER,
            "value": Holds.WORDS,
        },
        member=(
            Unnamed("opened_by", "value", {"opened_by": 0}),
            Kept("a round stays its server's, without who opened it or proposed what"),
        ),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=round_tables.round_proposals,
        holds={
            "round_id": Holds.OURS,
            "author_id": Holds.MEMBER,
            "key": Holds.WORDS,
            "value": Holds.WORDS,
            "image_id": Holds.OURS,
        },
        member=(RowsGo("author_id"),),
        server=(GoesWith("style_rounds"),),
        exported="author_id",
    ),
    Declaration(
        table=round_tables.round_ballots,
        holds={"round_id": Holds.OURS, "user_id": Holds.MEMBER, "choices": Holds.OURS},
        member=(RowsGo("user_id"),),
        server=(GoesWith("style_rounds"),),
        exported="user_id",
    ),
)
