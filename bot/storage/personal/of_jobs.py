"""What jobs and their pictures tell of members and servers."""

from bot.storage import tables
from bot.storage.personal.fates import (
    Declaration,
    Emptied,
    GoesWith,
    Holds,
    RowsGo,
)

_WIPED = Emptied("words, pictures, ids of messages and the member's id are taken out of the job")

JOBS = (
    Declaration(
        table=tables.jobs,
        holds={
            "id": Holds.OURS,
            "idempotency_key": Holds.MESSAGE,
            "user_id": Holds.MEMBER,
            "guild_id": Holds.SERVER,
            "channel_id": Holds.PLACE,
            "account": Holds.ACCOUNT,
            "locale": Holds.OURS,
            "model": Holds.OURS,
            "request": Holds.WORDS,
            "recipe": Holds.WORDS,
            "reply_application_id": Holds.OURS,
            "reply_token": Holds.SECRET,
            "reply_message_id": Holds.MESSAGE,
            "shown_channel_id": Holds.PLACE,
            "shown_message_id": Holds.MESSAGE,
            "owner": Holds.OURS,
        },
        member=(_WIPED,),
        server=(_WIPED,),
        exported="user_id",
    ),
    Declaration(
        table=tables.images,
        holds={
            "id": Holds.OURS,
            "job_id": Holds.OURS,
            "parent_image_id": Holds.OURS,
            "seed": Holds.OURS,
            "picture_sha256": Holds.OURS,
            "picture_content_type": Holds.OURS,
            "failure_detail": Holds.WORDS,
            "failure_request_id": Holds.OURS,
            "enhanced_prompt": Holds.WORDS,
        },
        member=(_WIPED,),
        server=(_WIPED,),
    ),
    Declaration(
        table=tables.job_inputs,
        holds={"job_id": Holds.OURS, "sha256": Holds.OURS},
        member=(GoesWith("jobs"),),
        server=(GoesWith("jobs"),),
    ),
    Declaration(
        table=tables.job_index,
        holds={
            "job_id": Holds.OURS,
            "model": Holds.OURS,
            "style": Holds.OURS,
            "terms": Holds.WORDS,
        },
        member=(GoesWith("jobs"),),
        server=(GoesWith("jobs"),),
    ),
    Declaration(
        table=tables.notices,
        holds={"job_id": Holds.OURS, "user_id": Holds.MEMBER},
        member=(RowsGo("user_id"),),
        server=(GoesWith("jobs"),),
        exported="user_id",
    ),
)
