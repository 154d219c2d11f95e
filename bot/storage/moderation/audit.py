"""The audit log."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AccountKey, GuildId, UserId
from bot.domain.moderation.audit import (
    BY_THE_GATE,
    Act,
    AuditEntry,
    LogChannel,
    LoggedAct,
    LogQuery,
    channel_subject,
)
from bot.storage.engine.one_at_a_time import Queue, one_at_a_time
from bot.storage.jobs.records import AnyRow, Record
from bot.storage.moderation.tables import audit_log
from bot.storage.own_account import open_own_account
from bot.storage.tables import members

_LOGGED = select(audit_log, members.c.user_id).outerjoin(
    members, members.c.account == audit_log.c.account
)


class SqlAuditRepository:
    """`AuditRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: AuditEntry) -> None:
        """Write an act down."""
        await open_own_account(self._connection, entry.account, now=entry.at)
        await self._connection.execute(insert(audit_log).values(_row(entry)))

    async def fold(self, entry: AuditEntry, *, since: datetime) -> None:
        """Count an act in with an equal one that began after `since`, or write it down."""
        await one_at_a_time(self._connection, Queue.FOLDING)
        log = audit_log.c
        # What was told already is not changed behind its readers.
        equal = (
            select(func.max(log.number))
            .where(
                log.guild_id == entry.guild_id,
                log.account == entry.account,
                log.act == entry.act,
                log.subject == entry.subject,
                log.reason == entry.reason,
                log.at > since,
                log.told.is_(False),
            )
            .scalar_subquery()
        )
        folded = await self._connection.execute(
            update(audit_log)
            .where(log.number == equal)
            .values(
                times=log.times + entry.times,
                last_at=entry.last_at or entry.at,
                detail=entry.detail,
            )
        )
        if folded.rowcount == 0:
            await self.add(entry)

    async def latest(
        self, guild_id: GuildId, *, act: Act | None, limit: int
    ) -> Sequence[LoggedAct]:
        """A server's last acts, of one kind or of all, the newest first."""
        return await self.page(guild_id, LogQuery(act=act), skip=0, limit=limit)

    async def page(
        self, guild_id: GuildId, query: LogQuery, *, skip: int, limit: int
    ) -> Sequence[LoggedAct]:
        """A server's acts that a query is for, the newest first."""
        found = await self._connection.execute(
            _LOGGED.where(audit_log.c.guild_id == guild_id, *_conditions(guild_id, query))
            .order_by(audit_log.c.number.desc())
            .offset(skip)
            .limit(limit)
        )
        return [_logged(row) for row in found]

    async def newest(self, guild_id: GuildId) -> int:
        """The number of a server's newest entry; 0 if there is none."""
        found = await self._connection.execute(
            select(func.max(audit_log.c.number)).where(audit_log.c.guild_id == guild_id)
        )
        return found.scalar_one() or 0

    async def untold(
        self, channel: LogChannel, *, ended_before: datetime, limit: int
    ) -> Sequence[LoggedAct]:
        """A server's entries that its log channel does not have yet, the oldest first.

        Decisions of the gate that began after `ended_before` may still grow; they wait.
        """
        log = audit_log.c
        found = await self._connection.execute(
            _LOGGED.where(log.guild_id == channel.guild_id, *is_untold(channel.since, ended_before))
            .order_by(log.number)
            .limit(limit)
        )
        return [_logged(row) for row in found]

    async def mark_told(self, numbers: Collection[int]) -> None:
        """Write down that entries stand in the log channel."""
        await one_at_a_time(self._connection, Queue.FOLDING)
        await self._connection.execute(
            update(audit_log).where(audit_log.c.number.in_(numbers)).values(told=True)
        )

    async def forget_before(self, moment: datetime) -> int:
        """Delete what is older, and say how many entries that were."""
        removed = await self._connection.execute(delete(audit_log).where(audit_log.c.at < moment))
        return removed.rowcount


def is_untold(
    since: datetime | ColumnElement[datetime], ended_before: datetime
) -> Iterator[ColumnElement[bool]]:
    """The conditions of what a log channel is to have, and has not yet."""
    log = audit_log.c
    yield log.told.is_(False)
    yield log.at >= since
    yield or_(log.act.not_in(BY_THE_GATE), log.at <= ended_before)


def _conditions(guild_id: GuildId, query: LogQuery) -> Iterator[ColumnElement[bool]]:
    log = audit_log.c
    if query.act is not None:
        yield log.act == query.act
    if query.user_id is not None:
        accounts = select(members.c.account).where(
            members.c.user_id == query.user_id, members.c.guild_id == guild_id
        )
        about = select("member " + members.c.account).where(
            members.c.user_id == query.user_id, members.c.guild_id == guild_id
        )
        yield or_(log.account.in_(accounts), log.subject.in_(about))
    if query.channel_id is not None:
        yield log.subject.in_([channel_subject(query.channel_id), f"thread {query.channel_id}"])
    if query.text is not None:
        yield or_(
            *(
                column.icontains(query.text, autoescape=True)
                for column in (log.subject, log.detail, log.reason)
            )
        )
    if query.since is not None:
        yield log.at >= query.since
    if query.newest is not None:
        yield log.number <= query.newest


def _row(entry: AuditEntry) -> Record:
    return {
        "guild_id": entry.guild_id,
        "at": entry.at,
        "account": entry.account,
        "act": entry.act,
        "subject": entry.subject,
        "detail": entry.detail,
        "reason": entry.reason,
        "times": entry.times,
        "last_at": entry.last_at,
        "told": False,
    }


def _logged(row: AnyRow) -> LoggedAct:
    entry = AuditEntry(
        at=row.at,
        guild_id=GuildId(row.guild_id),
        account=AccountKey(row.account),
        act=row.act,
        subject=row.subject,
        detail=row.detail,
        reason=row.reason,
        times=row.times,
        last_at=row.last_at,
    )
    return LoggedAct(entry, UserId(row.user_id) if row.user_id is not None else None, row.number)
