from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.gate.channel_rules import ChannelSettings, Layer
from bot.domain.gate.pause import PAUSED_EVERYWHERE, Pause, PausedPlace
from bot.domain.ids import GuildId, ModelId, UserId
from bot.domain.moderation.audit import Act, AuditEntry
from bot.domain.terms import Term, TermKind, parse_term
from bot.domain.terms.listed import ListedTerm
from bot.storage.database import Database
from tests.thoroughness import tries
from tests.unit.test_channel_rules import settings as any_settings

HERE, THERE = GuildId(70), GuildId(71)
ALICE = UserId(7)
NOW = datetime(2025, 5, 20, 12, tzinfo=UTC)


@settings(
    max_examples=tries(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(value=any_settings)
async def test_any_settings_come_back(database: Database, value: ChannelSettings) -> None:
    async with database.write() as tx:
        await tx.channel_policies.set_settings(HERE, Layer.CHANNEL, 700, value)
        found = await tx.channel_policies.all_settings()
    said = [(HERE, Layer.CHANNEL, 700, value)]
    assert found == ([] if value == ChannelSettings() else said)


async def test_the_settings_of_one_server_are_read_alone(database: Database) -> None:
    value = ChannelSettings(forbidden_models=frozenset({ModelId("flux")}))
    async with database.write() as tx:
        await tx.channel_policies.set_settings(HERE, Layer.SERVER, HERE, value)
        await tx.channel_policies.set_settings(THERE, Layer.SERVER, THERE, value)
        assert await tx.channel_policies.all_settings(HERE) == [(HERE, Layer.SERVER, HERE, value)]


async def test_a_place_is_paused_once_and_resumed_once(database: Database) -> None:
    place = PausedPlace(HERE, Layer.CHANNEL, 700)
    first = Pause(place, NOW, "raid")
    async with database.write() as tx:
        assert await tx.channel_policies.pause(first)
        assert not await tx.channel_policies.pause(Pause(place, NOW + timedelta(hours=1), ""))
        await tx.channel_policies.pause(Pause(PAUSED_EVERYWHERE, NOW, ""))
    async with database.write() as tx:
        assert first in await tx.channel_policies.all_pauses()
        assert await tx.channel_policies.resume(place)
        assert not await tx.channel_policies.resume(place)
        [left] = await tx.channel_policies.all_pauses()
    assert left.place == PAUSED_EVERYWHERE


async def test_a_term_is_listed_once_and_keeps_who_added_it(database: Database) -> None:
    word, pattern = parse_term("grim", language="en"), parse_term("/grim/")
    async with database.write() as tx:
        account = await tx.members.account_of(ALICE, HERE)
        listed = [ListedTerm(term, account, NOW) for term in (word, pattern)]
        assert await tx.terms.add(HERE, listed) == 2
        assert await tx.terms.add(HERE, listed) == 0
        await tx.terms.add(THERE, listed[:1])
    async with database.write() as tx:
        assert {each for _, each in await tx.terms.all_terms(HERE)} == set(listed)
        assert await tx.terms.remove(HERE, [word, Term("never there", TermKind.WORD)]) == 1
        assert await tx.terms.count(HERE) == 1
        assert await tx.terms.count(THERE) == 1


async def test_a_long_list_is_written_whole(database: Database) -> None:
    async with database.write() as tx:
        account = await tx.members.account_of(ALICE, HERE)
        terms = [ListedTerm(Term(f"word {number}"), account, NOW) for number in range(1_201)]
        assert await tx.terms.add(HERE, terms) == 1_201


@pytest.mark.parametrize("act", [None, Act.PAUSED])
async def test_the_log_has_the_newest_first_and_knows_whose_it_was(
    database: Database, act: Act | None
) -> None:
    async with database.write() as tx:
        account = await tx.members.account_of(ALICE, HERE)
        entries = [
            AuditEntry(
                at=NOW + timedelta(minutes=number),
                guild_id=HERE,
                account=account,
                act=Act.PAUSED if number % 2 else Act.TERM_ADDED,
                subject=f"{number}",
                reason="a\x00b",
            )
            for number in range(5)
        ]
        for entry in entries:
            await tx.audit.add(entry)
    async with database.read() as tx:
        found = await tx.audit.latest(HERE, act=act, limit=2)
        assert await tx.audit.latest(THERE, act=None, limit=2) == []
    assert [logged.entry.subject for logged in found] == (["4", "3"] if act is None else ["3", "1"])
    assert {logged.user_id for logged in found} == {ALICE}
    assert found[0].entry.reason == "a?b"
