"""The rule of `bot.domain.jobs.turns` in SQL: what waits, in the order in which it is taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from bot.domain.jobs.job import ImageState
from bot.domain.jobs.turns import REMEMBERED_FOR
from bot.storage.engine.column_types import UtcDateTime
from bot.storage.tables import images, is_open, jobs

_DIRECT_MESSAGES: ColumnElement[int] = literal_column("0")
_GOES_FIRST: ColumnElement[int] = literal_column("-1")
"""Before every count of images given."""

_TO_PAINT = (ImageState.QUEUED, ImageState.SENT)

_server = func.coalesce(jobs.c.guild_id, _DIRECT_MESSAGES)
_image_count = (
    select(func.count()).where(images.c.job_id == jobs.c.id).correlate(jobs).scalar_subquery()
)


_now = bindparam("now", type_=UtcDateTime)
_remembered_since = bindparam("remembered_since", type_=UtcDateTime)


def moments(now: datetime) -> dict[str, datetime]:
    """The values that every statement here takes."""
    return {"now": now, "remembered_since": now - REMEMBERED_FOR}


is_free = or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= _now)
"""The condition of jobs that no worker holds `now`."""


def _in_turn() -> CTE:
    """Every job that waits, with its `tag`: the smallest is next, and the oldest among equals."""
    by_member = _by_member(_waiting(), _given())
    row = by_member.c
    before = _images_before(
        by_member,
        of=(row.goes_first, row.server),
        order=(row.member_tag, row.created_at, row.id),
    )
    tag = case((row.goes_first, _GOES_FIRST), else_=row.server_given + before)
    return select(row.id, row.created_at, row.images, tag.label("tag")).cte("in_turn")


def _waiting() -> CTE:
    return (
        select(
            jobs.c.id,
            jobs.c.user_id,
            _server.label("server"),
            jobs.c.created_at,
            or_(jobs.c.fence > 0, jobs.c.shared).label("goes_first"),
            _image_count.label("images"),
        )
        .where(is_open, is_free)
        .cte("waiting")
    )


def _given() -> CTE:
    """How many images were started for each member of late."""
    return (
        select(_server.label("server"), jobs.c.user_id, func.count().label("images"))
        .select_from(jobs.join(images, images.c.job_id == jobs.c.id))
        .where(jobs.c.started_at > _remembered_since, ~jobs.c.shared)
        .group_by(_server, jobs.c.user_id)
        .cte("given")
    )


def _running() -> CTE:
    """How many jobs of each member the workers have in hand."""
    return (
        select(jobs.c.user_id, func.count().label("jobs"))
        .where(is_open, jobs.c.lease_until > _now)
        .group_by(jobs.c.user_id)
        .cte("running")
    )


def _by_member(waiting: CTE, given: CTE) -> CTE:
    """What waits, with the member's tag and what the server was given."""
    of_server = (
        select(given.c.server, func.sum(given.c.images).label("images"))
        .group_by(given.c.server)
        .cte("given_to_server")
    )
    row = waiting.c
    before = _images_before(
        waiting, of=(row.goes_first, row.server, row.user_id), order=(row.created_at, row.id)
    )
    return (
        select(
            *row,
            (func.coalesce(given.c.images, 0) + before).label("member_tag"),
            func.coalesce(of_server.c.images, 0).label("server_given"),
        )
        .outerjoin(
            given,
            and_(given.c.server == row.server, given.c.user_id == row.user_id),
        )
        .outerjoin(of_server, of_server.c.server == row.server)
        .cte("by_member")
    )


def _images_before(
    rows: CTE, *, of: tuple[ColumnElement[Any], ...], order: tuple[ColumnElement[Any], ...]
) -> ColumnElement[int]:
    """How many images of the same party come before each row."""
    before = func.sum(rows.c.images).over(partition_by=of or None, order_by=order, rows=(None, -1))
    return func.coalesce(before, 0)


def _next_turn() -> Select[tuple[str]]:
    turn, running = _in_turn(), _running()
    in_hand = jobs.c.id.in_(bindparam("in_hand", type_=String, expanding=True))
    has_room = func.coalesce(running.c.jobs, 0) < bindparam("most_running", type_=Integer)
    return (
        select(jobs.c.id)
        .join(turn, turn.c.id == jobs.c.id)
        .outerjoin(running, running.c.user_id == jobs.c.user_id)
        # Said again of the row itself: that is what is checked anew once it is locked.
        .where(is_open, is_free, not_(in_hand), or_(turn.c.tag == _GOES_FIRST, has_room))
        .order_by(turn.c.tag, turn.c.created_at, turn.c.id)
        .limit(1)
        .with_for_update(of=jobs, skip_locked=True, key_share=True)
    )


def _ahead() -> Select[tuple[int, int]]:
    turn = _in_turn()
    order = (turn.c.tag, turn.c.created_at, turn.c.id)
    place = select(
        turn.c.id,
        (func.row_number().over(order_by=order) - 1).label("jobs"),
        _images_before(turn, of=(), order=order).label("images"),
    ).subquery()
    in_hand = (
        select(func.count())
        .select_from(jobs.join(images, images.c.job_id == jobs.c.id))
        .where(is_open, jobs.c.lease_until > _now, images.c.state.in_(_TO_PAINT))
        .scalar_subquery()
    )
    return select(place.c.jobs, (place.c.images + in_hand).label("images")).where(
        place.c.id == bindparam("job_id", type_=String)
    )


# Built once: to build them costs as much as to run them.
NEXT_TURN = _next_turn()
"""The id of the job to take next by `most_running`, its row locked against other claims.

One that is `in_hand` though its lease has ended keeps its place in the order and is passed over.
"""

AHEAD = _ahead()
"""How many jobs wait in front of `job_id`, and how many images are to be painted before its own.

No row if the job does not wait.
"""
