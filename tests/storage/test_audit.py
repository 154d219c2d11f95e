"""The log of what moderators and the gate did: folded, told once, filtered, and forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.moderation.audit import (
    ONE_ENTRY_FOR,
    Act,
    AuditEntry,
    LogChannel,
    LogQuery,
    channel_subject,
)
from bot.storage.database import Database
from bot.storage.transaction import SqlTransaction

HERE, THERE = GuildId(70), GuildId(71)
ALICE, BOB = UserId(7), UserId(8)
GENERAL, OTHER = ChannelId(700), ChannelId(701)
NOW = datetime(2025, 5, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALL = LogQuery()


async def entry(
    tx: SqlTransaction,
    act: Act = Act.REFUSED,
    *,
    at: datetime = NOW,
    by: UserId = ALICE,
    guild_id: GuildId = HERE,
    subject: str = channel_subject(GENERAL),
    detail: str = "model=a",
    reason: str = "blocked_term",
    times: int = 1,
) -> AuditEntry:
    return AuditEntry(
        at=at,
        guild_id=guild_id,
        account=await tx.members.account_of(by, guild_id),
        act=act,
        subject=subject,
        detail=detail,
        reason=reason,
        times=times,
    )


async def fold(tx: SqlTransaction, new: AuditEntry) -> None:
    await tx.audit.fold(new, since=new.at - ONE_ENTRY_FOR)


async def everything(tx: SqlTransaction, query: LogQuery = ALL) -> list[AuditEntry]:
    return [each.entry for each in await tx.audit.page(HERE, query, skip=0, limit=50)]


async def test_equal_decisions_are_one_entry_for_a_while(database: Database) -> None:
    async with database.write() as tx:
        await fold(tx, await entry(tx, times=2))
        await fold(tx, await entry(tx, at=NOW + MINUTE, detail="model=b"))
        [one] = await everything(tx)
        await fold(tx, await entry(tx, at=NOW + ONE_ENTRY_FOR + MINUTE))
        assert len(await everything(tx)) == 2

    assert (one.times, one.at, one.last_at) == (3, NOW, NOW + MINUTE)
    assert one.detail == "model=b"


async def test_what_differs_is_an_entry_of_its_own(database: Database) -> None:
    async with database.write() as tx:
        for other in (
            await entry(tx),
            await entry(tx, by=BOB),
            await entry(tx, subject=channel_subject(OTHER)),
            await entry(tx, reason="paused"),
            await entry(tx, Act.WITHHELD),
        ):
            await fold(tx, other)
        found = await everything(tx)

    assert [each.times for each in found] == [1] * 5


async def test_what_was_told_does_not_change_any_more(database: Database) -> None:
    async with database.write() as tx:
        await fold(tx, await entry(tx))
        [told] = await tx.audit.page(HERE, LogQuery(), skip=0, limit=1)
        await tx.audit.mark_told([told.number])
        await fold(tx, await entry(tx, at=NOW + MINUTE))

        assert [each.times for each in await everything(tx)] == [1, 1]


async def test_old_entries_are_forgotten(database: Database) -> None:
    async with database.write() as tx:
        await tx.audit.add(await entry(tx, at=NOW - MINUTE))
        await tx.audit.add(await entry(tx, Act.PAUSED, at=NOW))
        assert await tx.audit.forget_before(NOW) == 1
        [left] = await everything(tx)

    assert left.act is Act.PAUSED


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (LogQuery(act=Act.REFUSED), {"refusal", "elsewhere"}),
        (LogQuery(user_id=BOB), {"grant", "pause"}),
        (LogQuery(channel_id=GENERAL), {"refusal", "pause"}),
        (LogQuery(text="GRI"), {"grant"}),
        (LogQuery(text="%"), set()),
        (LogQuery(since=NOW + MINUTE), {"pause"}),
        (LogQuery(newest=0), set()),
    ],
)
async def test_filters(database: Database, query: LogQuery, expected: set[str]) -> None:
    async with database.write() as tx:
        bob = await tx.members.account_of(BOB, HERE)
        about_bob = f"member {bob}"
        await tx.audit.add(await entry(tx, detail="refusal"))
        await tx.audit.add(await entry(tx, detail="elsewhere", subject=channel_subject(OTHER)))
        await tx.audit.add(
            await entry(tx, Act.GRANT_GIVEN, detail="grant", subject=about_bob, reason="A grim day")
        )
        await tx.audit.add(
            await entry(tx, Act.PAUSED, detail="pause", by=BOB, at=NOW + MINUTE, reason="")
        )
        await tx.audit.add(await entry(tx, detail="another server", guild_id=THERE))

        assert {each.detail for each in await everything(tx, query)} == expected


async def test_a_channel_gets_what_is_new_and_has_come_to_its_end(database: Database) -> None:
    channel = LogChannel(HERE, GENERAL, NOW)
    async with database.write() as tx:
        await tx.audit.add(await entry(tx, Act.PAUSED, at=NOW - MINUTE))
        await tx.audit.add(await entry(tx, Act.RESUMED, at=NOW))
        await tx.audit.add(await entry(tx, at=NOW + MINUTE))
        assert await tx.log_channels.waiting(ended_before=NOW) == []
        await tx.log_channels.choose(LogChannel(HERE, OTHER, NOW - MINUTE))
        await tx.log_channels.choose(channel)

        assert await tx.log_channels.waiting(ended_before=NOW) == [channel]
        [first] = await tx.audit.untold(channel, ended_before=NOW, limit=9)
        assert (first.entry.act, first.user_id) == (Act.RESUMED, ALICE)
        await tx.audit.mark_told([first.number])
        assert await tx.log_channels.waiting(ended_before=NOW) == []
        assert await tx.log_channels.waiting(ended_before=NOW + MINUTE) == [channel]
        [second] = await tx.audit.untold(channel, ended_before=NOW + MINUTE, limit=9)
        assert second.entry.act is Act.REFUSED

        assert not await tx.log_channels.clear(HERE, OTHER)
        assert await tx.log_channels.clear(HERE, GENERAL)
        assert await tx.log_channels.waiting(ended_before=NOW + MINUTE) == []
