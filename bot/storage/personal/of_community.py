"""What servers play with pictures: battles, starboards and contests."""

from bot.storage.battles import tables as battle_tables
from bot.storage.contests import tables as contest_tables
from bot.storage.personal.fates import Declaration, GoesWith, Holds, Kept, RowsGo, Unnamed
from bot.storage.starboard import tables as starboard_tables

COMMUNITY = (
    Declaration(
        table=battle_tables.battles,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "starter_id": Holds.MEMBER,
            "style_a": Holds.OURS,
            "style_b": Holds.OURS,
            "value": Holds.WORDS,
        },
        # What it did to the ratings stays, without who began it and with what words.
        member=(Unnamed("starter_id", "value", {"starter_id": 0, "prompt": ""}),),
        server=(RowsGo("guild_id"),),
        exported="starter_id",
    ),
    Declaration(
        table=battle_tables.battle_sides,
        holds={"battle_id": Holds.OURS, "job_id": Holds.OURS},
        server=(GoesWith("battles"),),
    ),
    Declaration(
        table=battle_tables.battle_votes,
        holds={"battle_id": Holds.OURS, "user_id": Holds.MEMBER},
        member=(RowsGo("user_id"),),
        server=(GoesWith("battles"),),
        exported="user_id",
    ),
    Declaration(
        table=starboard_tables.starboards,
        holds={"guild_id": Holds.SERVER, "channel_id": Holds.PLACE},
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=starboard_tables.star_posts,
        holds={
            "image_id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "channel_id": Holds.PLACE,
            "origin_channel_id": Holds.PLACE,
            "origin_message_id": Holds.MESSAGE,
            "message_id": Holds.MESSAGE,
        },
        member=(Kept("without a name; its message is taken down, by the starboard itself"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=contest_tables.contests,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "channel_id": Holds.PLACE,
            "opened_by": Holds.MEMBER,
            "theme": Holds.WORDS,
            "words": Holds.WORDS,
            "message_id": Holds.MESSAGE,
        },
        member=(Unnamed("opened_by"), Kept("a contest stays its server's, without who opened it")),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=contest_tables.contest_entries,
        holds={
            "contest_id": Holds.OURS,
            "image_id": Holds.OURS,
            "user_id": Holds.MEMBER,
            "origin_channel_id": Holds.PLACE,
            "origin_message_id": Holds.MESSAGE,
        },
        member=(RowsGo("user_id"),),
        server=(GoesWith("contests"),),
        exported="user_id",
    ),
    Declaration(
        table=contest_tables.contest_approvals,
        holds={"contest_id": Holds.OURS, "image_id": Holds.OURS, "user_id": Holds.MEMBER},
        member=(RowsGo("user_id"),),
        server=(GoesWith("contests"),),
        exported="user_id",
    ),
)
