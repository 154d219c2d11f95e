"""What is stored of a member, for them to see; and of which servers anything is stored."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, Text, and_, delete, func, select, tuple_, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.preferences.defaults import DefaultsScope
from bot.domain.privacy import ErasureKind, ExportRow, Inventory, Subject
from bot.storage.engine.upsert import insert_into
from bot.storage.personal.declarations import DECLARATIONS
from bot.storage.personal.erasing import SqlErasureRepository
from bot.storage.personal.erasure_tables import departures, exports
from bot.storage.personal.fates import Declaration, Holds, RowsGo
from bot.storage.tables import (
    day_balances,
    defaults,
    favourites,
    images,
    jobs,
    members,
    presets,
    reports,
)
from bot.storage.votes.tables import votes

_EXPORTED = {each.table.name: each for each in DECLARATIONS if each.exported is not None}
_BY_THEIR_JOB = {images.name: images.c.job_id}
_BY_ACCOUNT = {day_balances.name: day_balances.c.account}


class SqlDepartureRepository:
    """`DepartureRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, guild_id: GuildId, *, now: datetime) -> bool:
        """Write down that the bot has left; False if that was written before."""
        noted = await self._connection.execute(
            insert_into(self._connection, departures)
            .values(guild_id=guild_id, left_at=now)
            .on_conflict_do_nothing(index_elements=[departures.c.guild_id])
            .returning(departures.c.guild_id)
        )
        return noted.one_or_none() is not None

    async def forget(self, guild_id: GuildId) -> bool:
        """The bot is back; False if it had not left."""
        forgotten = await self._connection.execute(
            delete(departures).where(departures.c.guild_id == guild_id)
        )
        return forgotten.rowcount > 0

    async def hold(self, guild_id: GuildId) -> bool:
        """Whether a server was left; the bot is not back there before this transaction ends."""
        held = await self._connection.scalar(
            select(departures.c.guild_id)
            .where(departures.c.guild_id == guild_id)
            .with_for_update(key_share=True)
        )
        return held is not None

    async def all(self) -> Sequence[GuildId]:
        """The servers that were left."""
        found = await self._connection.execute(select(departures.c.guild_id))
        return [GuildId(each) for each in found.scalars()]

    async def known_servers(self) -> frozenset[GuildId]:
        """Every server of which something is stored that goes with it."""
        sources = [
            select(declaration.table.c[fate.by].label("guild_id"))
            for declaration in DECLARATIONS
            for fate in declaration.server
            if isinstance(fate, RowsGo) and declaration.holds[fate.by] is Holds.SERVER
        ]
        named = union(*sources, select(jobs.c.guild_id).where(jobs.c.guild_id.is_not(None)))
        found = await self._connection.execute(named)
        return frozenset(GuildId(each) for each in found.scalars() if each)


class SqlPersonalDataRepository:
    """`PersonalDataRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def inventory(self, user_id: UserId) -> Inventory:
        """How much there is."""
        own = jobs.c.user_id == user_id
        kept = and_(own, jobs.c.deleted_at.is_(None))
        of_jobs = images.join(jobs, jobs.c.id == images.c.job_id)
        shown = and_(kept, images.c.picture_sha256.is_not(None))
        subject = Subject(ErasureKind.MEMBER, user_id)
        return Inventory(
            requests=await self._count(jobs, kept),
            pictures=await self._count(of_jobs, shown),
            favourites=await self._count(favourites, favourites.c.user_id == user_id),
            presets=await self._count(presets, presets.c.user_id == user_id),
            votes=await self._count(votes, votes.c.user_id == user_id),
            reports=await self._count(reports, reports.c.user_id == user_id),
            defaults=await self._count(
                defaults,
                defaults.c.owner_id == user_id,
                defaults.c.scope == DefaultsScope.MEMBER,
            ),
            places=await self._count(members, members.c.user_id == user_id),
            erasing=await SqlErasureRepository(self._connection).find(subject),
        )

    async def last_export(self, user_id: UserId) -> datetime | None:
        """When a member asked for everything last."""
        found: datetime | None = await self._connection.scalar(
            select(exports.c.asked_at).where(exports.c.user_id == user_id)
        )
        return found

    async def note_export(self, user_id: UserId, *, now: datetime, unless_since: datetime) -> bool:
        """Write an export down; False if there was one after `unless_since`."""
        noted = await self._connection.execute(
            insert_into(self._connection, exports)
            .values(user_id=user_id, asked_at=now)
            .on_conflict_do_update(
                index_elements=[exports.c.user_id],
                set_={"asked_at": now},
                where=exports.c.asked_at <= unless_since,
            )
            .returning(exports.c.user_id)
        )
        return noted.one_or_none() is not None

    async def forget_export(self, user_id: UserId) -> None:
        """Let a member ask again: their export has failed."""
        await self._connection.execute(delete(exports).where(exports.c.user_id == user_id))

    def tables(self) -> Sequence[str]:
        """The names of the tables of which a member is given their rows."""
        return sorted([*_EXPORTED, *_BY_THEIR_JOB, *_BY_ACCOUNT])

    async def rows(
        self, table: str, user_id: UserId, *, offset: int, limit: int
    ) -> Sequence[ExportRow]:
        """A member's rows of a table, in the order of its key, without what is secret."""
        declaration = next(each for each in DECLARATIONS if each.table.name == table)
        secret = {name for name, what in declaration.holds.items() if what is Holds.SECRET}
        found = await self._connection.execute(
            select(*(column for column in declaration.table.c if column.name not in secret))
            .where(_is_theirs(declaration, user_id))
            .order_by(*declaration.table.primary_key.columns)
            .offset(offset)
            .limit(limit)
        )
        documents = {column.name for column in declaration.table.c if type(column.type) is Text}
        return [
            {
                name: _document(value) if name in documents else _plain(value)
                for name, value in row.items()
            }
            for row in found.mappings()
        ]

    async def pictures(
        self, user_id: UserId, *, behind: ImageId | None, limit: int
    ) -> Sequence[tuple[ImageId, StoredPicture]]:
        """A member's pictures, the oldest first, from behind a certain one on."""
        order = tuple_(jobs.c.created_at, jobs.c.id, images.c.position)
        of_jobs = images.join(jobs, jobs.c.id == images.c.job_id)
        wanted = (
            select(
                images.c.id,
                images.c.picture_sha256,
                images.c.picture_content_type,
                images.c.picture_size_bytes,
            )
            .select_from(of_jobs)
            .where(jobs.c.user_id == user_id, images.c.picture_sha256.is_not(None))
            .order_by(jobs.c.created_at, jobs.c.id, images.c.position)
            .limit(limit)
        )
        if behind is not None:
            last = (
                select(jobs.c.created_at, jobs.c.id, images.c.position)
                .select_from(of_jobs)
                .where(images.c.id == behind, jobs.c.user_id == user_id)
            )
            wanted = wanted.where(order > last.scalar_subquery())
        found = await self._connection.execute(wanted)
        return [
            (
                ImageId(row.id),
                StoredPicture(
                    sha256=row.picture_sha256,
                    content_type=row.picture_content_type,
                    size_bytes=row.picture_size_bytes,
                ),
            )
            for row in found
        ]

    async def _count(self, source: FromClause, *conditions: ColumnElement[bool]) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(source).where(*conditions)
        )
        return counted.scalar_one()


def _is_theirs(declaration: Declaration, user_id: UserId) -> ColumnElement[bool]:
    table = declaration.table
    if table.name in _BY_THEIR_JOB:
        own = select(jobs.c.id).where(jobs.c.user_id == user_id)
        return _BY_THEIR_JOB[table.name].in_(own)
    if table.name in _BY_ACCOUNT:
        own = select(members.c.account).where(members.c.user_id == user_id)
        return _BY_ACCOUNT[table.name].in_(own)
    column = table.c[declaration.exported or ""]
    # Some columns hold members' ids only where another says so.
    scopes = [
        fate.where
        for fate in declaration.member
        if isinstance(fate, RowsGo) and fate.by == declaration.exported
    ]
    return and_(
        column == user_id,
        *(table.c[name] == value for where in scopes for name, value in where.items()),
    )


def _document(value: object) -> object:
    """What a column of plain text holds: JSON, as far as it was written by the bot."""
    try:
        return json.loads(f"{value}")
    except ValueError:
        return value


def _plain(value: object) -> object:
    """A value as JSON has it; ids as text, for they are too large for many readers."""
    match value:
        case datetime():
            return value.isoformat()
        case bool() | None | float():
            return value
        case int():
            return value if abs(value) < 2**53 else f"{value}"
        case _:
            return f"{value}"
