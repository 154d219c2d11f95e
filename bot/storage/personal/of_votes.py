"""What members vote for."""

from bot.domain.voting.vote import SubjectKind
from bot.storage.personal.fates import (
    Declaration,
    Emptied,
    GoesWith,
    Holds,
    Kept,
    RowsGo,
    Unnamed,
)
from bot.storage.votes import tables as vote_tables

VOTES = (
    Declaration(
        table=vote_tables.votes,
        holds={
            "image_id": Holds.OURS,
            "user_id": Holds.MEMBER,
            "guild_id": Holds.SERVER,
            "hold_id": Holds.OURS,
        },
        member=(Emptied("withdrawn one by one, so that every count stays the sum of its votes"),),
        server=(GoesWith("jobs"),),
        exported="user_id",
    ),
    Declaration(
        table=vote_tables.vote_credits,
        holds={"image_id": Holds.OURS, "subject": Holds.MEMBER, "owner_id": Holds.MEMBER},
        member=(RowsGo("subject", {"kind": SubjectKind.MEMBER}), Unnamed("owner_id")),
        server=(GoesWith("jobs"),),
    ),
    Declaration(
        table=vote_tables.vote_tallies,
        holds={"guild_id": Holds.SERVER, "subject": Holds.MEMBER, "span": Holds.OURS},
        member=(RowsGo("subject", {"kind": SubjectKind.MEMBER}),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=vote_tables.styled_pictures,
        holds={"image_id": Holds.OURS, "style": Holds.OURS, "model": Holds.OURS},
        member=(GoesWith("vote_credits"),),
        server=(GoesWith("vote_credits"),),
    ),
    Declaration(
        table=vote_tables.style_tallies,
        holds={
            "guild_id": Holds.SERVER,
            "span": Holds.OURS,
            "prompt_kind": Holds.OURS,
            "model": Holds.OURS,
            "style": Holds.OURS,
        },
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=vote_tables.vote_holds,
        holds={"id": Holds.OURS, "guild_id": Holds.SERVER, "subject": Holds.MEMBER},
        member=(RowsGo("subject", {"kind": SubjectKind.MEMBER}),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=vote_tables.server_styles,
        holds={
            "id": Holds.OURS,
            "guild_id": Holds.SERVER,
            "key": Holds.WORDS,
            "value": Holds.WORDS,
            "merged_into": Holds.OURS,
        },
        member=(Emptied("a style stays its server's; who wrote it is taken out"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=vote_tables.taking_part_rules,
        holds={"guild_id": Holds.SERVER, "role_id": Holds.PLACE},
        member=(Kept("who may take part in what tells nothing of members"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=vote_tables.style_references,
        holds={
            "style_id": Holds.OURS,
            "sha256": Holds.OURS,
            "content_type": Holds.OURS,
            "guild_id": Holds.SERVER,
            "user_id": Holds.MEMBER,
        },
        member=(RowsGo("user_id"),),
        server=(RowsGo("guild_id"),),
        exported="user_id",
    ),
)
