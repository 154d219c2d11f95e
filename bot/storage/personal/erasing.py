"""Erasures under way, and what they take out of the tables; see `bot.storage.personal`."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Table, and_, delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, MessageId, UserId
from bot.domain.jobs.job import OPEN_JOB_STATES, Job, MessageAddress
from bot.domain.preferences.defaults import DefaultsScope
from bot.domain.privacy import Erasure, ErasureKind, ErasureStage, Subject
from bot.domain.quotas.limits import LimitScope
from bot.domain.voting.vote import Vote
from bot.storage.engine.one_at_a_time import Queue, one_at_a_time
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow, job_of
from bot.storage.members.favourites import SqlFavouriteRepository
from bot.storage.moderation.tables import channel_settings
from bot.storage.personal.declarations import DECLARATIONS, rows_that_go
from bot.storage.personal.erasure_tables import erasure_messages, erasures
from bot.storage.personal.fates import Declaration, RowsGo, Unnamed
from bot.storage.quotas.tables import limits
from bot.storage.tables import defaults, images, is_open, jobs, notices, reports
from bot.storage.votes.counting import vote_of
from bot.storage.votes.tables import votes

NOBODY = 0
"""Instead of a member's id, where a row stays."""


class SqlErasureRepository:
    """`ErasureRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, erasure: Erasure) -> bool:
        """Write an erasure down; False if one of the same subject is under way."""
        begun = await self._connection.execute(
            insert_into(self._connection, erasures)
            .values(
                kind=erasure.subject.kind,
                subject=erasure.subject.id,
                asked_at=erasure.asked_at,
                stage=erasure.stage,
            )
            .on_conflict_do_nothing(index_elements=[erasures.c.kind, erasures.c.subject])
            .returning(erasures.c.subject)
        )
        return begun.one_or_none() is not None

    async def begin_anew(self, subject: Subject, *, now: datetime) -> None:
        """Let an erasure that has come further begin from its first stage."""
        await self._connection.execute(
            update(erasures).where(_is(subject)).values(stage=ErasureStage.DATA, asked_at=now)
        )

    async def end(self, subject: Subject) -> None:
        """Forget an erasure: nothing is left of it to do."""
        await self._connection.execute(delete(erasures).where(_is(subject)))

    async def has_jobs(self, subject: Subject) -> bool:
        """Whether any job names the subject."""
        found = await self._connection.execute(select(jobs.c.id).where(_job_of(subject)).limit(1))
        return found.one_or_none() is not None

    async def find(self, subject: Subject) -> Erasure | None:
        """The erasure of a subject that is under way."""
        found = await self._connection.execute(select(erasures).where(_is(subject)))
        row = found.one_or_none()
        return None if row is None else Erasure(subject, row.asked_at, row.stage)

    async def move_on(self, subject: Subject, stage: ErasureStage) -> None:
        """Write down what comes next."""
        await self._connection.execute(update(erasures).where(_is(subject)).values(stage=stage))

    async def hold_admissions(self) -> None:
        """Let no request be taken in until this transaction ends."""
        await one_at_a_time(self._connection, Queue.ADMISSIONS)

    async def open_jobs(self, subject: Subject) -> Sequence[JobId]:
        """The jobs in which somebody still has something to do, the oldest first."""
        found = await self._connection.execute(
            select(jobs.c.id).where(_job_of(subject), is_open).order_by(jobs.c.created_at)
        )
        return [JobId(each) for each in found.scalars()]

    async def ended_jobs(self, subject: Subject, *, limit: int) -> Sequence[Job]:
        """Some of the jobs that still name the subject and in which nobody works."""
        found = await self._connection.execute(
            select(jobs)
            .where(_job_of(subject), jobs.c.state.not_in(OPEN_JOB_STATES))
            .order_by(jobs.c.created_at, jobs.c.id)
            .limit(limit)
        )
        rows = found.all()
        of_jobs: dict[str, list[AnyRow]] = {row.id: [] for row in rows}
        pictures = await self._connection.execute(
            select(images).where(images.c.job_id.in_(of_jobs)).order_by(images.c.position)
        )
        for image in pictures:
            of_jobs[image.job_id].append(image)
        return [job_of(row, of_jobs[row.id]) for row in rows]

    async def unname(self, jobs_wiped: Collection[JobId], subject: Subject) -> None:
        """Take the member, and of a server the server too, out of jobs that were wiped."""
        nothing: dict[str, object] = {
            "user_id": NOBODY,
            "idempotency_key": "erased:" + jobs.c.id,
            "reply_token": None,
            "reply_message_id": None,
            "shown_channel_id": None,
            "shown_message_id": None,
        }
        if subject.kind is ErasureKind.SERVER:
            nothing |= {"guild_id": None, "channel_id": NOBODY}
        await self._connection.execute(
            update(jobs).where(jobs.c.id.in_(jobs_wiped)).values(nothing)
        )
        await self._connection.execute(delete(notices).where(notices.c.job_id.in_(jobs_wiped)))
        await self._connection.execute(
            update(images)
            .where(images.c.job_id.in_(jobs_wiped))
            .values(failure_detail=None, failure_request_id=None, enhanced_prompt=None)
        )

    async def forget_reports(self, image_ids: Collection[ImageId]) -> None:
        """Forget what was reported of pictures that are no more."""
        await self._connection.execute(delete(reports).where(reports.c.image_id.in_(image_ids)))

    async def votes_of(self, user_id: UserId, *, limit: int) -> Sequence[Vote]:
        """Some of a member's votes, in the order in which votes on several images are held."""
        found = await self._connection.execute(
            select(votes).where(votes.c.user_id == user_id).order_by(votes.c.image_id).limit(limit)
        )
        return [vote_of(row) for row in found]

    async def erase_rows(self, subject: Subject, stage: ErasureStage) -> None:
        """Delete and unname whatever the declarations say of a stage."""
        is_of_data = stage is ErasureStage.DATA and subject.kind is ErasureKind.MEMBER
        if is_of_data:
            await SqlFavouriteRepository(self._connection).remove_all_of(UserId(subject.id))
        for declaration, fate in rows_that_go(subject.kind, stage):
            condition = and_(*_conditions(declaration, fate, subject.id))
            await self._connection.execute(delete(declaration.table).where(condition))
        if is_of_data:
            await self._unname_rows(subject.id)

    async def forget_channel_defaults(self, guild_id: GuildId) -> None:
        """Forget the defaults of channels that are known to be a server's."""
        known = union(
            select(jobs.c.channel_id).where(jobs.c.guild_id == guild_id),
            select(channel_settings.c.place_id).where(channel_settings.c.guild_id == guild_id),
            select(limits.c.owner_id).where(
                limits.c.guild_id == guild_id, limits.c.scope == LimitScope.CHANNEL
            ),
        )
        await self._connection.execute(
            delete(defaults).where(
                defaults.c.scope == DefaultsScope.CHANNEL,
                defaults.c.owner_id.in_(select(known.subquery().c[0])),
            )
        )

    async def queue_message(self, user_id: UserId, address: MessageAddress) -> None:
        """Remember that a message is to be taken down."""
        await self._connection.execute(
            erasure_messages.insert().values(
                user_id=user_id, channel_id=address.channel_id, message_id=address.message_id
            )
        )

    async def queued_messages(
        self, user_id: UserId, *, limit: int
    ) -> Sequence[tuple[int, MessageAddress]]:
        """Some of the messages that are to be taken down, each with its number."""
        found = await self._connection.execute(
            select(erasure_messages)
            .where(erasure_messages.c.user_id == user_id)
            .order_by(erasure_messages.c.number)
            .limit(limit)
        )
        return [
            (
                row.number,
                MessageAddress(
                    channel_id=ChannelId(row.channel_id), message_id=MessageId(row.message_id)
                ),
            )
            for row in found
        ]

    async def drop_message(self, number: int) -> None:
        """Forget a message: it is gone, or not the bot's to take down."""
        await self._connection.execute(
            delete(erasure_messages).where(erasure_messages.c.number == number)
        )

    async def _unname_rows(self, user_id: int) -> None:
        for declaration in DECLARATIONS:
            for fate in declaration.member:
                if isinstance(fate, Unnamed):
                    await self._rewrite(declaration.table, fate, user_id)
                    column = declaration.table.c[fate.by]
                    await self._connection.execute(
                        update(declaration.table).where(column == user_id).values({fate.by: NOBODY})
                    )

    async def _rewrite(self, table: Table, fate: Unnamed, user_id: int) -> None:
        if fate.document is None:
            return
        key, document = list(table.primary_key.columns), table.c[fate.document]
        # Held, in the order of their keys: what they say besides may be changing.
        found = await self._connection.execute(
            select(*key, document)
            .where(table.c[fate.by] == user_id)
            .order_by(*key)
            .with_for_update(key_share=True)
        )
        for *at, value in found.all():
            written = json.dumps({**json.loads(value), **fate.said})
            is_it = and_(*(column == each for column, each in zip(key, at, strict=True)))
            await self._connection.execute(
                update(table).where(is_it).values({fate.document: written})
            )


def _is(subject: Subject) -> ColumnElement[bool]:
    return and_(erasures.c.kind == subject.kind, erasures.c.subject == subject.id)


def _job_of(subject: Subject) -> ColumnElement[bool]:
    if subject.kind is ErasureKind.MEMBER:
        return jobs.c.user_id == subject.id
    return jobs.c.guild_id == subject.id


def _conditions(
    declaration: Declaration, fate: RowsGo, subject_id: int
) -> list[ColumnElement[bool]]:
    columns = declaration.table.c
    # Some tables name a member in a column of text.
    wanted = subject_id if isinstance(columns[fate.by].type, BigInteger) else f"{subject_id}"
    return [columns[fate.by] == wanted, *(columns[k] == v for k, v in fate.where.items())]
