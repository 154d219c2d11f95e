"""Values for the tests of the storage, each with room for what a test cares about."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.ids import (
    AccountKey,
    ChannelId,
    GuildId,
    ImageId,
    JobId,
    MessageId,
    ModelId,
    UserId,
)
from bot.domain.jobs.job import Job, JobImage, Origin, ReplyAddress
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import (
    BOT_ACCOUNT,
    AccountKind,
    Charge,
    Draw,
    Limit,
    Reservation,
    Usage,
)
from bot.domain.quotas.limits import OF_THE_BOT, Unit
from bot.domain.quotas.windows import DAY, Window, window_at
from bot.domain.sizing import PixelSize
from bot.domain.styles.server_style import ServerStyle
from bot.services.styles.book import StyleBook, save_all
from bot.storage.database import Database

NOW = datetime(2025, 5, 20, 12, 30, 15, 123456, tzinfo=UTC)
TODAY = window_at(DAY, NOW, UTC)
LEASE_UNTIL = NOW + timedelta(minutes=2)
MEMBER = UserId(200_000_000_000_000_001)
SERVER = GuildId(100_000_000_000_000_001)

_numbers = itertools.count(1)


def make_request(**overrides: object) -> ImageRequest:
    values: dict[str, Any] = {"prompt": "a lighthouse in fog", **overrides}
    return ImageRequest(**values)


def make_recipe(**overrides: object) -> Recipe:
    values: dict[str, Any] = {
        "prompt": "a lighthouse in fog",
        "model": ModelId("test-model"),
        "model_name": "Test Model",
        "size": PixelSize(1024, 1024),
        "safe_mode": True,
    }
    return Recipe(**(values | overrides))


def make_reply(**overrides: object) -> ReplyAddress:
    values: dict[str, Any] = {
        "application_id": 300_000_000_000_000_001,
        "token": "test-token",
        "message_id": MessageId(400_000_000_000_000_001),
        "expires_at": NOW + timedelta(minutes=15),
    }
    return ReplyAddress(**(values | overrides))


def make_origin(**overrides: object) -> Origin:
    values: dict[str, Any] = {
        "user_id": MEMBER,
        "guild_id": SERVER,
        "channel_id": ChannelId(500_000_000_000_000_001),
        "account": AccountKey("test-account"),
        "locale": "en-GB",
    }
    return Origin(**(values | overrides))


def make_image(**overrides: object) -> JobImage:
    number = next(_numbers)
    values: dict[str, Any] = {"id": ImageId(f"image-{number}"), "position": 0, "seed": number}
    return JobImage(**(values | overrides))


def make_job(**overrides: object) -> Job:
    values: dict[str, Any] = {
        "id": JobId(f"job-{next(_numbers)}"),
        "request": make_request(),
        "recipe": make_recipe(),
        "origin": make_origin(),
        "images": (make_image(),),
        "created_at": NOW,
        "reply": make_reply(),
    }
    return Job(**(values | overrides))


async def add_job(database: Database, **overrides: object) -> Job:
    """Write a job of `MEMBER` in `SERVER`, under an idempotency key of its own."""
    async with database.write() as tx:
        account = await tx.members.account_of(MEMBER, SERVER)
        job = make_job(origin=make_origin(account=account), **overrides)
        assert await tx.jobs.add(job, idempotency_key=f"key-of-{job.id}")
    return job


async def keep_styles(database: Database, book: StyleBook, *styles: ServerStyle) -> None:
    """Write styles of servers, all or none, and have them counted at once."""
    async with database.write() as tx:
        await save_all(tx, styles)
    book.note_saved(styles)


async def claim(
    database: Database, *, owner: str = "worker", now: datetime = NOW, most_running: int = 64
) -> Job | None:
    """Claim the next job for two minutes."""
    async with database.write() as tx:
        return await tx.jobs.claim_next(
            owner=owner,
            now=now,
            lease_until=now + timedelta(minutes=2),
            most_running=most_running,
        )


async def claimed_job(database: Database, **overrides: object) -> Job:
    """Write a job and claim it."""
    await add_job(database, **overrides)
    job = await claim(database)
    assert job is not None
    return job


async def stored_job(database: Database, job: Job) -> Job:
    """The job as it is in the database."""
    async with database.read() as tx:
        found = await tx.jobs.get(job.id)
    assert found is not None
    return found


def image_limit(most: int, window: Window = TODAY) -> Limit:
    return Limit(window, Unit.IMAGES, most, OF_THE_BOT)


def money_limit(most: int, window: Window = TODAY) -> Limit:
    return Limit(window, Unit.USD_MICROS, most, OF_THE_BOT)


def member_charge(
    account: str = "member-1", *, images: int | None = None, draws: tuple[Draw, ...] = ()
) -> Charge:
    limits = () if images is None else (image_limit(images),)
    return Charge(AccountKey(account), AccountKind.MEMBER, limits, draws)


def server_charge(account: str = "server:1", *, usd_micros: int | None = None) -> Charge:
    return Charge(AccountKey(account), AccountKind.SERVER, _money(usd_micros))


def bot_charge(*, usd_micros: int | None = None) -> Charge:
    return Charge(BOT_ACCOUNT, AccountKind.BOT, _money(usd_micros))


def _money(usd_micros: int | None) -> tuple[Limit, ...]:
    return () if usd_micros is None else (money_limit(usd_micros),)


def make_reservation(
    image_id: str | None = None, *, usd_micros: int | None = 10_000
) -> Reservation:
    price = None if usd_micros is None else UsdMicros(usd_micros)
    return Reservation(ImageId(image_id or f"reserved-{next(_numbers)}"), price)


async def reserve(
    database: Database,
    charges: list[Charge],
    reservations: list[Reservation],
    *,
    now: datetime = NOW,
) -> None:
    """Reserve in a transaction of its own."""
    async with database.write() as tx:
        await tx.ledger.reserve(charges, reservations, job_id=JobId("test-job"), now=now)


async def usage_of(database: Database, account: str) -> Usage:
    async with database.read() as tx:
        return await tx.ledger.usage(AccountKey(account), TODAY)
