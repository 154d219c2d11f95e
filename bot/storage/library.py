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
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.browsing import (
    Direction,
    Order,
    PictureEntry,
    PictureQuery,
    PictureScope,
    Turn,
)
from bot.domain.failure import FailureReason
from bot.domain.ids import ImageId, JobId, UserId
from bot.domain.job import ImageState, Job, StoredPicture
from bot.storage.full_text import indexed_terms, matches
from bot.storage.records import AnyRow, Record, recipe_of
from bot.storage.tables import favourites, images, job_index, jobs

_bookmarks = (
    select(favourites.c.image_id, func.count().label("bookmarks"))
    .group_by(favourites.c.image_id)
    .subquery("bookmarks")
)

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
}


def index_record(job: Job) -> Record:
    """The row by which a job is found."""
    recipe = job.recipe
    return {
        "job_id": job.id,
        "model": recipe.model,
        "style": recipe.style,
        "safe": recipe.safe_mode,
        "terms": indexed_terms(recipe.prompt),
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
        statement = _pictures(query.order).where(*self._conditions(query, scope))
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

    def _conditions(
        self, query: PictureQuery, scope: PictureScope
    ) -> Sequence[ColumnElement[bool]]:
        conditions = [
            images.c.picture_sha256.is_not(None),
            jobs.c.deleted_at.is_(None),
            *_within(scope),
        ]
        if query.model is not None:
            conditions.append(func.lower(job_index.c.model) == query.model.strip().lower())
        if query.style is not None:
            conditions.append(func.lower(job_index.c.style) == query.style.strip().lower())
        if query.text is not None:
            matching = matches(self._connection, query.text)
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
        jobs.c.private,
        jobs.c.recipe,
        jobs.c.created_at,
    ).select_from(_joined(order))


def _within(scope: PictureScope) -> Iterator[ColumnElement[bool]]:
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
    """Shown to its member, or kept because it could not be."""
    return or_(
        images.c.state == ImageState.DELIVERED,
        images.c.failure_reason == FailureReason.UNDELIVERABLE,
    )


def _beyond(keys: Sequence[_Key], anchor: Sequence[Any], *, back: bool) -> ColumnElement[bool]:
    """Strictly behind a place in the order, or strictly before it."""
    alternatives = []
    for at, (column, falls) in enumerate(keys):
        same = [earlier == anchor[index] for index, (earlier, _) in enumerate(keys[:at])]
        further = column < anchor[at] if falls != back else column > anchor[at]
        alternatives.append(and_(*same, further))
    return or_(*alternatives)


def _ordering(keys: Sequence[_Key], *, back: bool) -> Iterator[UnaryExpression[Any]]:
    for column, falls in keys:
        yield column.desc() if falls != back else column.asc()


def _entry_of(row: AnyRow) -> PictureEntry:
    recipe = recipe_of(row.recipe)
    return PictureEntry(
        image_id=ImageId(row.id),
        job_id=JobId(row.job_id),
        user_id=UserId(row.user_id),
        private=row.private,
        prompt=recipe.prompt,
        model_name=recipe.model_name,
        size=str(recipe.size),
        style=recipe.style,
        seed=row.seed,
        created_at=row.created_at,
        picture=StoredPicture(
            sha256=row.picture_sha256,
            content_type=row.picture_content_type,
            size_bytes=row.picture_size_bytes,
        ),
    )
