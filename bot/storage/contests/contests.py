"""Contests, their entries, and the votes for these."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.contests.contest import (
    OPEN_PHASES,
    Approval,
    Contest,
    ContestId,
    Entry,
    Phase,
    Prize,
)
from bot.domain.contests.rules import Ranked
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.money import UsdMicros
from bot.storage.contests.tables import contest_approvals, contest_entries, contests
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow, Record

_OPEN_IN = select(contests).where(
    contests.c.guild_id == bindparam("guild"), contests.c.phase.in_(sorted(OPEN_PHASES))
)


class SqlContestRepository:
    """`ContestRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, contest: Contest) -> bool:
        """Write a new contest; False, and nothing written, if the server has an open one."""
        added = await self._connection.execute(
            insert_into(self._connection, contests)
            .values(_record(contest))
            .on_conflict_do_nothing()
            .returning(contests.c.id)
        )
        return added.one_or_none() is not None

    async def get(self, contest_id: ContestId) -> Contest | None:
        """A contest."""
        return await self._find(select(contests).where(contests.c.id == contest_id))

    async def hold(self, contest_id: ContestId) -> Contest | None:
        """A contest, for a change: nobody else changes it or what is in it meanwhile."""
        return await self._find(
            select(contests).where(contests.c.id == contest_id).with_for_update(key_share=True)
        )

    async def open_in(self, guild_id: GuildId) -> Contest | None:
        """A server's open contest."""
        return await self._find(_OPEN_IN, {"guild": guild_id})

    async def latest_in(self, guild_id: GuildId) -> Contest | None:
        """The contest that was opened last in a server."""
        return await self._find(
            select(contests)
            .where(contests.c.guild_id == guild_id)
            .order_by(contests.c.opened_at.desc(), contests.c.id.desc())
            .limit(1)
        )

    async def advance(self, contest_id: ContestId, *, to: Phase, since: Collection[Phase]) -> bool:
        """Move a contest on from one of these phases; False if it is in none of them."""
        moved = await self._connection.execute(
            update(contests)
            .where(contests.c.id == contest_id, contests.c.phase.in_(sorted(since)))
            .values(phase=to)
        )
        return moved.rowcount > 0

    async def set_times(
        self, contest_id: ContestId, *, submit_until: datetime, vote_until: datetime
    ) -> None:
        """Write until when entries and votes are taken."""
        await self._set(contest_id, submit_until=submit_until, vote_until=vote_until)

    async def set_message(
        self, contest_id: ContestId, message_id: MessageId, announced: Phase
    ) -> None:
        """Write where a contest stands, and which phase is told there."""
        await self._set(contest_id, message_id=message_id, announced=announced)

    async def entries(self, contest_id: ContestId) -> Sequence[Entry]:
        """The entries, by number, then in the order in which they came."""
        found = await self._connection.execute(
            select(contest_entries)
            .where(contest_entries.c.contest_id == contest_id)
            .order_by(
                contest_entries.c.number, contest_entries.c.entered_at, contest_entries.c.image_id
            )
        )
        return [_entry_of(row) for row in found]

    async def add_entry(self, entry: Entry) -> bool:
        """Write an entry; False if the picture is in the contest."""
        added = await self._connection.execute(
            insert_into(self._connection, contest_entries)
            .values(
                contest_id=entry.contest_id,
                image_id=entry.image_id,
                user_id=entry.user_id,
                origin_channel_id=entry.origin.channel_id,
                origin_message_id=entry.origin.message_id,
                entered_at=entry.entered_at,
                weight=0,
            )
            .on_conflict_do_nothing(
                index_elements=[contest_entries.c.contest_id, contest_entries.c.image_id]
            )
            .returning(contest_entries.c.image_id)
        )
        return added.one_or_none() is not None

    async def remove_entry(self, contest_id: ContestId, image_id: ImageId) -> bool:
        """Take an entry out, with the votes for it; False if it is not there."""
        votes, entries = contest_approvals, contest_entries
        await self._connection.execute(
            delete(votes).where(votes.c.contest_id == contest_id, votes.c.image_id == image_id)
        )
        removed = await self._connection.execute(
            delete(entries).where(
                entries.c.contest_id == contest_id, entries.c.image_id == image_id
            )
        )
        return removed.rowcount > 0

    async def has_messages(self, message_ids: Collection[MessageId]) -> bool:
        """Whether pictures of these messages are in an open contest."""
        return bool(await self._of_messages(message_ids))

    async def drop_of_messages(self, message_ids: Collection[MessageId]) -> int:
        """Take out of open contests the entries whose messages were deleted; how many."""
        concerned = {contest_id for contest_id, _ in await self._of_messages(message_ids)}
        await self._connection.execute(
            select(contests.c.id)
            .where(contests.c.id.in_(concerned))
            .order_by(contests.c.id)
            .with_for_update(key_share=True)
        )
        # Read anew, now that nobody counts or closes them meanwhile.
        dropped = await self._of_messages(message_ids)
        for contest_id, image_id in dropped:
            await self.remove_entry(contest_id, image_id)
        return len(dropped)

    async def set_numbers(self, contest_id: ContestId, numbers: Mapping[ImageId, int]) -> None:
        """Write the numbers that were drawn by lot."""
        for image_id, number in numbers.items():
            await self._set_of_entry(contest_id, image_id, number=number)

    async def set_places(self, contest_id: ContestId, ranked: Sequence[Ranked]) -> None:
        """Write how the entries ended."""
        for each in ranked:
            await self._set_of_entry(
                contest_id, each.entry.image_id, place=each.place, weight=each.weight
            )

    async def approvals(self, contest_id: ContestId) -> Sequence[Approval]:
        """All votes in a contest."""
        found = await self._connection.execute(
            select(contest_approvals).where(contest_approvals.c.contest_id == contest_id)
        )
        return [
            Approval(
                contest_id=ContestId(row.contest_id),
                image_id=ImageId(row.image_id),
                user_id=UserId(row.user_id),
                weight=row.weight,
            )
            for row in found
        ]

    async def approved_by(self, contest_id: ContestId, user_id: UserId) -> frozenset[ImageId]:
        """The entries that a member voted for."""
        found = await self._connection.scalars(
            select(contest_approvals.c.image_id).where(
                contest_approvals.c.contest_id == contest_id,
                contest_approvals.c.user_id == user_id,
            )
        )
        return frozenset(ImageId(each) for each in found)

    async def approve(self, approval: Approval) -> None:
        """Write a vote."""
        table = contest_approvals
        await self._connection.execute(
            insert_into(self._connection, table)
            .values(
                contest_id=approval.contest_id,
                image_id=approval.image_id,
                user_id=approval.user_id,
                weight=approval.weight,
            )
            .on_conflict_do_update(
                index_elements=list(table.primary_key.columns),
                set_={"weight": approval.weight},
            )
        )

    async def disapprove(self, contest_id: ContestId, image_id: ImageId, user_id: UserId) -> bool:
        """Take a vote back; False if there is none."""
        table = contest_approvals
        removed = await self._connection.execute(
            delete(table).where(
                table.c.contest_id == contest_id,
                table.c.image_id == image_id,
                table.c.user_id == user_id,
            )
        )
        return removed.rowcount > 0

    async def _of_messages(
        self, message_ids: Collection[MessageId]
    ) -> list[tuple[ContestId, ImageId]]:
        found = await self._connection.execute(
            select(contest_entries.c.contest_id, contest_entries.c.image_id)
            .join(contests, contests.c.id == contest_entries.c.contest_id)
            .where(
                contest_entries.c.origin_message_id.in_(list(message_ids)),
                contests.c.phase.in_(sorted(OPEN_PHASES)),
            )
        )
        return [(ContestId(row.contest_id), ImageId(row.image_id)) for row in found]

    async def _find(self, query: Select[Any], values: Record | None = None) -> Contest | None:
        found = await self._connection.execute(query, values)
        row = found.one_or_none()
        return None if row is None else _contest_of(row)

    async def _set(self, contest_id: ContestId, **values: object) -> None:
        await self._connection.execute(
            update(contests).where(contests.c.id == contest_id).values(**values)
        )

    async def _set_of_entry(
        self, contest_id: ContestId, image_id: ImageId, **values: object
    ) -> None:
        await self._connection.execute(
            update(contest_entries)
            .where(
                contest_entries.c.contest_id == contest_id,
                contest_entries.c.image_id == image_id,
            )
            .values(**values)
        )


def _record(contest: Contest) -> dict[str, Any]:
    prize = contest.prize
    return {
        "id": contest.id,
        "guild_id": contest.guild_id,
        "channel_id": contest.channel_id,
        "opened_by": contest.opened_by,
        "theme": contest.theme,
        "words": json.dumps(contest.words),
        "entries_of_member": contest.entries_of_member,
        "prize_images": prize.images if prize else None,
        "prize_usd_micros": prize.usd_micros if prize else None,
        "prize_days": prize.days if prize else None,
        "opened_at": contest.opened_at,
        "submit_until": contest.submit_until,
        "vote_until": contest.vote_until,
        "phase": contest.phase,
        "message_id": contest.message_id,
        "announced": contest.announced,
    }


def _contest_of(row: AnyRow) -> Contest:
    return Contest(
        id=ContestId(row.id),
        guild_id=GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        opened_by=UserId(row.opened_by),
        theme=row.theme,
        words=tuple(json.loads(row.words)),
        entries_of_member=row.entries_of_member,
        prize=_prize_of(row),
        opened_at=row.opened_at,
        submit_until=row.submit_until,
        vote_until=row.vote_until,
        phase=row.phase,
        message_id=None if row.message_id is None else MessageId(row.message_id),
        announced=row.announced,
    )


def _prize_of(row: AnyRow) -> Prize | None:
    if row.prize_days is None:
        return None
    micros = None if row.prize_usd_micros is None else UsdMicros(row.prize_usd_micros)
    return Prize(row.prize_images, micros, row.prize_days)


def _entry_of(row: AnyRow) -> Entry:
    return Entry(
        contest_id=ContestId(row.contest_id),
        image_id=ImageId(row.image_id),
        user_id=UserId(row.user_id),
        origin=MessageAddress(
            channel_id=ChannelId(row.origin_channel_id),
            message_id=MessageId(row.origin_message_id),
        ),
        entered_at=row.entered_at,
        number=row.number,
        place=row.place,
        weight=row.weight,
    )
