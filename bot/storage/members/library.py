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
    literal,
    not_,
    or_,
    select,
    tuple_,
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
from bot.storage.engine.full_text import Match, indexed_terms, matches
from bot.storage.jobs.records import AnyRow, Record, recipe_of
from bot.storage.members.tables import favourite_counts
from bot.storage.tables import images, job_index, jobs
from bot.storage.votes.tables import vote_tallies

_is_blind = jobs.c.private & exists().where(battle_sides.c.job_id == jobs.c.id)
"""In a battle that goes on (`bot.domain.asking.any_recipe.is_blind`): found by its member alone."""

_Key = tuple[ColumnElement[Any], bool]
"""A column to sort by, and whether it falls."""

# Each order is that of one index, also among equals: a page is then read and never sorted.
_SORT_KEYS: Mapping[Order, tuple[_Key, ...]] = {
    Order.NEWEST: ((jobs.c.created_at, True), (jobs.c.id, True), (images.c.position, False)),
    Order.FAVOURITES: (
        (favourite_counts.c.favourites, True),
        (favourite_counts.c.asked_at, True),
        (favourite_counts.c.image_id, True),
    ),
    Order.VOTES: ((vote_tallies.c.score, True), (vote_tallies.c.subject, True)),
}
_BY_NUMBER: tuple[_Key, ...] = ((job_index.c.number, True), (images.c.position, False))
"""The newest first too: jobs are numbered as they come in."""


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
        match = await self._match(query)
        keys = _keys_of(query.order, match)
        back = turn is not None and turn.direction is Direction.BACK
        statement = _pictures(query.order).where(*_conditions(query, scope, match))
        if turn is not None:
            anchor = await self._anchor(query.order, keys, turn.from_image)
            if anchor is None:
                return []
            statement = statement.where(_beyond(keys, anchor, back=back))
        statement = statement.order_by(*_ordering(keys, back=back)).limit(limit)
        found = [_entry_of(row) for row in await self._connection.execute(statement)]
        return found[::-1] if back else found

    async def favourite_counts(self, image_ids: Collection[ImageId]) -> Mapping[ImageId, int]:
        """How many members have bookmarked each of the pictures; those without are left out."""
        found = await self._connection.execute(
            select(favourite_counts.c.image_id, favourite_counts.c.favourites).where(
                favourite_counts.c.image_id.in_(image_ids)
            )
        )
        return {ImageId(image_id): count for image_id, count in found}

    async def forget(self, job_id: JobId) -> None:
        """Let a job not be found any more: its words are to be deleted."""
        await self._connection.execute(delete(job_index).where(job_index.c.job_id == job_id))

    async def _match(self, query: PictureQuery) -> Match | None:
        return None if query.text is None else await matches(self._connection, query.text)

    async def _anchor(self, order: Order, keys: Sequence[_Key], image_id: ImageId) -> AnyRow | None:
        """Where a picture stands in an order; None if it is no longer in it."""
        columns = [column for column, _ in keys]
        found = await self._connection.execute(
            select(*columns).select_from(_joined(order)).where(images.c.id == image_id)
        )
        return found.one_or_none()


def _keys_of(order: Order, match: Match | None) -> Sequence[_Key]:
    if order is Order.NEWEST and match is not None and match.by_number:
        return _BY_NUMBER
    return _SORT_KEYS[order]


def _conditions(
    query: PictureQuery, scope: PictureScope, match: Match | None
) -> Iterator[ColumnElement[bool]]:
    yield images.c.picture_sha256.is_not(None)
    yield jobs.c.deleted_at.is_(None)
    yield from within_scope(scope)
    if query.order is Order.FAVOURITES and scope.guild_id is not None:
        # Said of the counts as well, whose index begins with it.
        yield favourite_counts.c.guild_id == scope.guild_id
    if any((query.model, query.style, query.text)):
        yield not_(_is_blind)
    if query.model is not None:
        yield func.lower(job_index.c.model) == query.model.strip().lower()
    if query.style is not None:
        yield func.lower(job_index.c.style) == query.style.strip().lower()
    if match is not None:
        yield match.condition


def _joined(order: Order) -> FromClause:
    joined = images.join(jobs, jobs.c.id == images.c.job_id).join(
        job_index, job_index.c.job_id == jobs.c.id
    )
    if order is Order.FAVOURITES:
        return joined.join(favourite_counts, favourite_counts.c.image_id == images.c.id)
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
    if all(falls for _, falls in keys):
        return _beyond_alike([column for column, _ in keys], anchor, back=back)
    alternatives = []
    for at, (column, falls) in enumerate(keys):
        same = [earlier == anchor[index] for index, (earlier, _) in enumerate(keys[:at])]
        further = column < anchor[at] if falls != back else column > anchor[at]
        alternatives.append(and_(*same, further))
    first, falls = keys[0]
    # Said once more by the first column alone, which is how an index finds where to begin.
    at_least = first <= anchor[0] if falls != back else first >= anchor[0]
    return and_(at_least, or_(*alternatives))


def _beyond_alike(
    columns: Sequence[ColumnElement[Any]], anchor: Sequence[Any], *, back: bool
) -> ColumnElement[bool]:
    """The same where all columns fall, so that an index finds the place among equals too."""
    place = tuple_(
        *(literal(value, column.type) for column, value in zip(columns, anchor, strict=True))
    )
    return tuple_(*columns) > place if back else tuple_(*columns) < place


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
