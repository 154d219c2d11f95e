"""What reviews tell of members and servers."""

from bot.storage.moderation import review_tables
from bot.storage.personal.fates import Declaration, Holds, RowsGo, Unnamed

REVIEWS = (
    Declaration(
        table=review_tables.reviews,
        holds={
            "image_id": Holds.OURS,
            "job_id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "channel_id": Holds.PLACE,
            "user_id": Holds.MEMBER,
            "decided_by": Holds.MEMBER,
            "reason": Holds.WORDS,
            "rejected_by": Holds.MEMBER,
            "message_channel_id": Holds.PLACE,
            "message_id": Holds.MESSAGE,
        },
        member=(RowsGo("user_id"), Unnamed("decided_by"), Unnamed("rejected_by")),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
    Declaration(
        table=review_tables.review_channels,
        holds={"guild_id": Holds.SERVER, "channel_id": Holds.PLACE},
        server=(RowsGo("guild_id"),),
    ),
)
