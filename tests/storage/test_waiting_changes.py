"""Changes of quotas that wait, and what one place says, on both databases."""

from datetime import timedelta

from bot.domain.ids import GuildId, UserId
from bot.domain.money import UsdMicros
from bot.domain.quotas.limit_change import Change, LimitChange, SettingsChange, WaitingChange
from bot.domain.quotas.limits import (
    NO_LIMITS,
    OF_THE_SERVER,
    UNLIMITED,
    Cap,
    Limits,
    LimitScope,
    LimitSource,
    Unit,
)
from bot.domain.quotas.server_quota import DEFAULT_QUOTA, Allowance, ServerQuota
from bot.domain.quotas.windows import DAY, rolling
from bot.storage.database import Database
from tests.storage.factories import NOW

SERVER = GuildId(70)
MONA = UserId(2**62)
LIMITS = Limits(
    caps=(Cap(Unit.IMAGES, DAY, UNLIMITED), Cap(Unit.USD_MICROS, rolling(24), 10**12)), at_once=0
)
SETTINGS = ServerQuota(
    time_zone="Europe/Rome",
    budget=Allowance(day=UNLIMITED, month=5),
    slow_down_usd_micros=UsdMicros(7),
)
CHANGES: tuple[Change, ...] = (
    LimitChange(source=LimitSource(LimitScope.ROLE, 2**62), before=NO_LIMITS, after=LIMITS),
    SettingsChange(before=DEFAULT_QUOTA, after=SETTINGS),
)


async def test_a_change_is_taken_once_by_its_manager_as_it_was_kept(database: Database) -> None:
    for number, change in enumerate(CHANGES):
        waiting = WaitingChange(
            id=f"{number}",
            guild_id=SERVER,
            user_id=MONA,
            change=change,
            expires_at=NOW + timedelta(minutes=15),
        )
        async with database.write() as tx:
            await tx.waiting_changes.add(waiting)
        async with database.write() as tx:
            assert await tx.waiting_changes.take(waiting.id, UserId(1), now=NOW) is None
            assert await tx.waiting_changes.take(waiting.id, MONA, now=NOW) == waiting
            assert await tx.waiting_changes.take(waiting.id, MONA, now=NOW) is None


async def test_a_change_expires(database: Database) -> None:
    waiting = WaitingChange(
        id="1", guild_id=SERVER, user_id=MONA, change=CHANGES[0], expires_at=NOW
    )
    async with database.write() as tx:
        await tx.waiting_changes.add(waiting)
        assert await tx.waiting_changes.take(waiting.id, MONA, now=NOW) is None
        assert await tx.waiting_changes.remove_expired(now=NOW) == 1


async def test_what_one_place_says_is_read_alone(database: Database) -> None:
    async with database.write() as tx:
        assert await tx.quotas.limits_of(SERVER, OF_THE_SERVER) == NO_LIMITS
        assert await tx.quotas.server_quota_of(SERVER) == DEFAULT_QUOTA
        await tx.quotas.set_limits(SERVER, OF_THE_SERVER, LIMITS)
        await tx.quotas.set_limits(SERVER, LimitSource(LimitScope.ROLE, 1), Limits(at_once=1))
        await tx.quotas.set_server_quota(SERVER, SETTINGS)
    async with database.read() as tx:
        assert await tx.quotas.limits_of(SERVER, OF_THE_SERVER) == LIMITS
        assert await tx.quotas.server_quota_of(SERVER) == SETTINGS
