"""Finding pictures again: by their member, their server, their words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    UnaryExpression,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.asking.any_recipe import made_safely, prompt_of, size_of, style_of, tool_of
from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import ImageState, Job
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import (
    Direction,
    Order,
    PictureEntry,
    PictureQuery,
    PictureScope,
    Turn,
)
from bot.domain.voting.span import Span
from bot.domain.voting.vote import SubjectKind
from bot.storage.battles.tables import battle_sides
from bot.storage.engine.full_text import indexed_terms, matches
from bot.storage.jobs.records import AnyRow, Record, recipe_of
from bot.storage.tables import favourites, images, job_index, jobs
from bot.storage.votes.tables import vote_tallies

_bookmarks = (
    select(favourites.c.image_id, func.count().label("bookmarks"))
    .group_by(favourites.c.image_id)
    .subquery("bookmarks")
)

_is_blind = jobs.c.private & exists().where(battle_sides.c.job_id == jobs.c.id)
"""In a battle that goes on (`bot.domain.asking.any_recipe.is_blind`): found by its member alone."""

_Key = tuple[ColumnElement[Any], bool]
"""A column to sort by, and whether it falls."""

_NEWEST: tuple[_Key, ...] = (
    (jobs.c.created_at, True),
    (jobs.c.id, True),
    (images.c.position, False),
)
_SORT_KEYS: Mapping[Order, tuple[_Key, ...]] = {
    Order.NEWEST: _NEWEST,
    Order.FAVOURITES: ((_bookmarks.c.bookmarks, True), *_NEWEST),
    Order.VOTES: ((vote_tallies.c.score, True), *_NEWEST),
}


def index_record(job: Job) -> Record:
    """The row by which a job is found."""
    recipe = job.recipe
    return {
        "job_id": job.id,
        "model": recipe.model,
        "style": style_of(recipe),
        "safe": made_safely(recipe),
        "terms": indexed_terms(prompt_of(recipe)),
    }


class SqlLibraryRepository:
    """`LibraryRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, query: PictureQuery, scope: PictureScope, *, turn: Turn | None, limit: int
    ) -> Sequence[PictureEntry]:
        """At most `limit` pictures, those behind or before a certain one where a turn says so."""
        keys = _SORT_KEYS[query.order]
        back = turn is not None and turn.direction is Direction.BACK
        conditions = await self._conditions(query, scope)
        statement = _pictures(query.order).where(*conditions)
        if turn is not None:
            anchor = await self._anchor(query.order, turn.from_image)
            if anchor is None:
                return []
            statement = statement.where(_beyond(keys, anchor, back=back))
        statement = statement.order_by(*_ordering(keys, back=back)).limit(limit)
        found = [_entry_of(row) for row in await self._connection.execute(statement)]
        return found[::-1] if back else found

    async def favourite_counts(self, image_ids: Collection[ImageId]) -> Mapping[ImageId, int]:
        """How many members have bookmarked each of the pictures; those without are left out."""
        found = await self._connection.execute(
            select(favourites.c.image_id, func.count())
            .where(favourites.c.image_id.in_(image_ids))
            .group_by(favourites.c.image_id)
        )
        return {ImageId(image_id): count for image_id, count in found}

    async def forget(self, job_id: JobId) -> None:
        """Let a job not be found any more: its words are to be deleted."""
        await self._connection.execute(delete(job_index).where(job_index.c.job_id == job_id))

    async def _conditions(
        self, query: PictureQuery, scope: PictureScope
    ) -> Sequence[ColumnElement[bool]]:
        conditions = [
            images.c.picture_sha256.is_not(None),
            jobs.c.deleted_at.is_(None),
            *within_scope(scope),
        ]
        if any((query.model, query.style, query.text)):
            conditions.append(not_(_is_blind))
        if query.model is not None:
            conditions.append(func.lower(job_index.c.model) == query.model.strip().lower())
        if query.style is not None:
            conditions.append(func.lower(job_index.c.style) == query.style.strip().lower())
        if query.text is not None:
            matching = await matches(self._connection, query.text)
            if matching is not None:
                conditions.append(matching)
        return conditions

    async def _anchor(self, order: Order, image_id: ImageId) -> AnyRow | None:
        """Where a picture stands in an order; None if it is no longer in it."""
        columns = [column for column, _ in _SORT_KEYS[order]]
        found = await self._connection.execute(
            select(*columns).select_from(_joined(order)).where(images.c.id == image_id)
        )
        return found.one_or_none()


def _joined(order: Order) -> FromClause:
    joined = images.join(jobs, jobs.c.id == images.c.job_id).join(
        job_index, job_index.c.job_id == jobs.c.id
    )
    if order is Order.FAVOURITES:
        return joined.join(_bookmarks, _bookmarks.c.image_id == images.c.id)
    if order is Order.VOTES:
        return joined.join(
            vote_tallies,
            and_(
                vote_tallies.c.guild_id == jobs.c.guild_id,
                vote_tallies.c.kind == SubjectKind.IMAGE,
                vote_tallies.c.span == Span.ALL,
                vote_tallies.c.subject == images.c.id,
            ),
        )
    return joined


def _pictures(order: Order) -> Select[*tuple[Any, ...]]:
    return select(
        images.c.id,
        images.c.job_id,
        images.c.seed,
        images.c.picture_sha256,
        images.c.picture_content_type,
        images.c.picture_size_bytes,
        jobs.c.user_id,
        jobs.c.guild_id,
        jobs.c.channel_id,
        jobs.c.private,
        jobs.c.recipe,
        jobs.c.created_at,
        _is_blind.label("blind"),
    ).select_from(_joined(order))


def within_scope(scope: PictureScope) -> Iterator[ColumnElement[bool]]:
    """The conditions of images, jobs and their index by which a picture may be shown."""
    if scope.safe_only:
        yield job_index.c.safe.is_(True)
    if scope.user_id is not None:
        yield jobs.c.user_id == scope.user_id
        yield _was_made()
    else:
        yield jobs.c.guild_id == scope.guild_id
        yield jobs.c.channel_id.in_(sorted(scope.channels))
        yield jobs.c.private.is_(False)
        yield images.c.state == ImageState.DELIVERED


def _was_made() -> ColumnElement[bool]:
    """Shown to its member, hidden from others since, or kept because it could not be shown."""
    return or_(
        images.c.state.in_([ImageState.DELIVERED, ImageState.HIDDEN]),
        images.c.failure_reason == FailureReason.UNDELIVERABLE,
    )


def _beyond(keys: Sequence[_Key], anchor: Sequence[Any], *, back: bool) -> ColumnElement[bool]:
    """Strictly behind a place in the order, or strictly before it."""
    alternatives = []
    for at, (column, falls) in enumerate(keys):
        same = [earlier == anchor[index] for index, (earlier, _) in enumerate(keys[:at])]
        further = column < anchor[at] if falls != back else column > anchor[at]
        alternatives.append(and_(*same, further))
    first, falls = keys[0]
    # Said once more by the first column alone, which is how an index finds where to begin.
    at_least = first <= anchor[0] if falls != back else first >= anchor[0]
    return and_(at_least, or_(*alternatives))


def _ordering(keys: Sequence[_Key], *, back: bool) -> Iterator[UnaryExpression[Any]]:
    for column, falls in keys:
        yield column.desc() if falls != back else column.asc()


def _entry_of(row: AnyRow) -> PictureEntry:
    recipe, blind = recipe_of(row.recipe), bool(row.blind)
    return PictureEntry(
        image_id=ImageId(row.id),
        job_id=JobId(row.job_id),
        user_id=UserId(row.user_id),
        guild_id=None if row.guild_id is None else GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        private=row.private,
        prompt="" if blind else prompt_of(recipe),
        model_name="" if blind else recipe.model_name,
        size=None if blind else size_of(recipe),
        style=None if blind else style_of(recipe),
        tool=tool_of(recipe),
        blind=blind,
        seed=0 if blind else row.seed,
        created_at=row.created_at,
        picture=StoredPicture(
            sha256=row.picture_sha256,
            content_type=row.picture_content_type,
            size_bytes=row.picture_size_bytes,
        ),
    )
