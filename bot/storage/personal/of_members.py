"""What members keep for themselves."""

from datetime import timedelta

from bot.domain.preferences.defaults import DefaultsScope
from bot.storage import tables
from bot.storage.members.tables import favourite_counts
from bot.storage.personal.fates import (
    Declaration,
    Emptied,
    Expires,
    GoesWith,
    Holds,
    RowsGo,
)

_QUARTER_OF_AN_HOUR = Expires(timedelta(minutes=15))

MEMBERS = (
    Declaration(
        table=tables.favourites,
        holds={"user_id": Holds.MEMBER, "image_id": Holds.OURS},
        member=(Emptied("taken back, so that every count stays the number of its marks"),),
        server=(GoesWith("jobs"),),
        exported="user_id",
    ),
    Declaration(
        table=favourite_counts,
        holds={"image_id": Holds.OURS, "guild_id": Holds.SERVER},
        member=(GoesWith("jobs"),),
        server=(RowsGo("guild_id"),),
    ),
    Declaration(
        table=tables.reports,
        holds={
            "image_id": Holds.OURS,
            "user_id": Holds.MEMBER,
            "guild_id": Holds.SERVER,
            "reason": Holds.WORDS,
        },
        member=(RowsGo("user_id"),),
        server=(GoesWith("jobs"),),
        exported="user_id",
    ),
    Declaration(
        table=tables.presets,
        holds={"user_id": Holds.MEMBER, "key": Holds.WORDS, "value": Holds.WORDS},
        member=(RowsGo("user_id"),),
        exported="user_id",
    ),
    Declaration(
        table=tables.defaults,
        holds={"owner_id": Holds.MEMBER, "value": Holds.WORDS},
        member=(RowsGo("owner_id", {"scope": DefaultsScope.MEMBER}),),
        server=(
            RowsGo("owner_id", {"scope": DefaultsScope.SERVER}),
            Emptied("those of channels that jobs, rules or limits of the server name go too"),
        ),
        exported="owner_id",
    ),
    Declaration(
        table=tables.cooldowns,
        holds={"user_id": Holds.MEMBER, "failed_at": Holds.OURS},
        member=(Expires(timedelta(hours=2)),),
        exported="user_id",
    ),
    Declaration(
        table=tables.page_states,
        holds={"id": Holds.OURS, "user_id": Holds.MEMBER, "query": Holds.WORDS},
        member=(RowsGo("user_id"),),
        server=(Expires(timedelta(days=7)),),
        exported="user_id",
    ),
    Declaration(
        table=tables.pending_requests,
        holds={
            "id": Holds.OURS,
            "user_id": Holds.MEMBER,
            "requests": Holds.WORDS,
            "parent_image_id": Holds.OURS,
            "application_id": Holds.OURS,
            "token": Holds.SECRET,
            "message_id": Holds.MESSAGE,
        },
        member=(RowsGo("user_id"),),
        server=(_QUARTER_OF_AN_HOUR,),
        exported="user_id",
    ),
)
