"""Changing quotas: what waits, what is applied, what is noted, what is forgotten."""

import json
from datetime import timedelta

import pytest

from bot.domain.asking.wish import ImageWish
from bot.domain.ids import GuildId, UserId
from bot.domain.moderation.audit import Act, AuditEntry
from bot.domain.quotas.errors import ChangeGone, ChangeOutdated, GrantGone, TooManyInRequest
from bot.domain.quotas.grants import GrantTarget
from bot.domain.quotas.limit_change import WaitingChange, typical_spender
from bot.domain.quotas.limit_edit import TypedLimits, TypedSettings
from bot.domain.quotas.limits import OF_THE_SERVER
from bot.services.quotas.audit import Manager
from bot.services.quotas.grant_desk import TypedGrant
from bot.services.quotas.limit_book import GRANTS_KEPT_FOR
from bot.services.quotas.management import QuotaManagement, quota_management
from tests.services.house import House, make_place

SERVER = GuildId(70)
MONA = Manager(UserId(1), SERVER)
OTTO = Manager(UserId(2), SERVER)


@pytest.fixture
def managing(house: House) -> QuotaManagement:
    return quota_management(
        storage=house.database, book=house.limits, quota=house.quota, clock=house.clock
    )


async def ask(managing: QuotaManagement, house: House, **typed: str) -> WaitingChange:
    change = managing.changes.edited(MONA, OF_THE_SERVER, TypedLimits(**typed))
    spender = typical_spender(OF_THE_SERVER, SERVER, house.clock.now())
    return (await managing.changes.preview(MONA, change, spender)).waiting


async def audit_of(house: House) -> list[AuditEntry]:
    async with house.database.read() as tx:
        return [each.entry for each in await tx.audit.latest(SERVER, act=None, limit=50)]


async def test_a_change_counts_once_it_is_applied_and_is_noted(
    house: House, managing: QuotaManagement
) -> None:
    waiting = await ask(managing, house, images="4")
    assert house.limits.limits_of(SERVER) == {}

    await managing.changes.apply(MONA, waiting.id)

    assert OF_THE_SERVER in house.limits.limits_of(SERVER)
    [entry] = await audit_of(house)
    assert (entry.act, entry.subject) == (Act.LIMITS_SET, "server")
    noted = json.loads(entry.detail)
    assert noted["before"]["caps"] == []
    assert [cap["most"] for cap in noted["after"]["caps"]] == [4]
    with pytest.raises(ChangeGone):
        await managing.changes.apply(MONA, waiting.id)
    assert len(await audit_of(house)) == 1


async def test_a_change_is_its_managers_alone_and_waits_a_quarter_of_an_hour(
    house: House, managing: QuotaManagement
) -> None:
    waiting = await ask(managing, house, images="4")
    with pytest.raises(ChangeGone):
        await managing.changes.apply(OTTO, waiting.id)

    house.clock.move(timedelta(minutes=15).total_seconds())

    with pytest.raises(ChangeGone):
        await managing.changes.apply(MONA, waiting.id)
    assert house.limits.limits_of(SERVER) == {}
    assert await house.housekeeping.forget_expired() == 1


async def test_a_change_of_settings_that_was_overtaken_changes_nothing(
    house: House, managing: QuotaManagement
) -> None:
    change = managing.changes.edited_settings(MONA, TypedSettings(day="5"))
    late = await managing.changes.preview_settings(MONA, change)
    other = managing.changes.edited_settings(OTTO, TypedSettings(time_zone="Europe/Rome"))
    first = await managing.changes.preview_settings(OTTO, other)
    await managing.changes.apply(OTTO, first.waiting.id)

    with pytest.raises(ChangeOutdated):
        await managing.changes.apply(MONA, late.waiting.id)

    assert house.limits.quota_of(SERVER) == other.after
    assert [entry.act for entry in await audit_of(house)] == [Act.QUOTA_SETTINGS_SET]


async def test_grants_are_noted_and_forgotten_long_after_they_end(
    house: House, managing: QuotaManagement
) -> None:
    typed = TypedGrant(
        target=GrantTarget.MEMBER,
        target_id=7,
        images="2",
        dollars=None,
        days=1,
        reason="won the contest",
    )
    grant = managing.grants.checked(MONA, typed)
    await managing.grants.give(MONA, grant)
    await managing.grants.revoke(OTTO, grant)

    with pytest.raises(GrantGone):
        await managing.grants.revoke(OTTO, grant)
    with pytest.raises(GrantGone):
        managing.grants.find(MONA, grant.id)
    assert [entry.act for entry in await audit_of(house)] == [Act.GRANT_REVOKED, Act.GRANT_GIVEN]
    async with house.database.write() as tx:
        account = await tx.members.account_of(UserId(7), SERVER)
    assert {entry.subject for entry in await audit_of(house)} == {f"member {account}"}
    assert {entry.reason for entry in await audit_of(house)} == {"won the contest"}
    assert await house.limits.forget_grants() == 0
    house.clock.move(GRANTS_KEPT_FOR.total_seconds() + 1)
    assert await house.limits.forget_grants() == 1


async def test_the_whole_wish_counts_for_the_most_images_in_a_request(
    house: House, managing: QuotaManagement
) -> None:
    waiting = await ask(managing, house, per_request="2")
    await managing.changes.apply(MONA, waiting.id)

    house.proposer.propose(ImageWish(prompt="a {red, blue} fox"), make_place())
    with pytest.raises(TooManyInRequest) as raised:
        house.proposer.propose(ImageWish(prompt="a {red, blue, green} fox"), make_place())
    assert raised.value.images == 3
