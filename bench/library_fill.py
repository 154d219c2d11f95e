"""A server that has seen so many pictures, written in bulk: `fill` of an empty SQLite database.

A job each, half a minute apart, by a thousand members in turn: with what it is found by, its entry
in the ledger, votes on every second and bookmarks on every tenth.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.quota_ledger import sum_balances
from bot.domain.ids import AccountKey, ChannelId, GuildId, ImageId, UserId
from bot.domain.voting.span import Span, span_key
from bot.storage.database import Database
from bot.storage.engine.engines import open_engines
from bot.storage.engine.url import parse_url

MEMBERS = 1_000
SECONDS_APART = 30
NOW = datetime(2026, 5, 21, 12, tzinfo=UTC)
SERVER, CHANNEL = GuildId(1), ChannelId(1)
SOME_MEMBER = UserId(7)

_RECIPE = {
    "prompt": "a lighthouse in fog",
    "model": "z-image-turbo",
    "model_name": "Z-Image Turbo",
    "size": {"width": 1024, "height": 1024},
    "safe_mode": True,
}
_NUMBERS = (
    "WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers LIMIT :count)"
)
_AT = (
    f"strftime('%Y-%m-%d %H:%M:%S', :now, '-' || (i * {SECONDS_APART}) || ' seconds') || '.000000'"
)
_QUARTER = f"""strftime('%Y-%m-%d %H:', {_AT})
    || printf('%02d', strftime('%M', {_AT}) / 15 * 15) || ':00.000000'"""
_ID = "printf('%016x', i)"
_ACCOUNT = f"printf('%032x', i % {MEMBERS})"

_STEPS = (
    f"""INSERT INTO accounts (key, kind, created_at)
        SELECT {_ACCOUNT}, 'member', :now FROM numbers LIMIT {MEMBERS}""",
    f"""INSERT INTO members (user_id, guild_id, account)
        SELECT i, {SERVER}, {_ACCOUNT} FROM numbers LIMIT {MEMBERS}""",
    f"""INSERT INTO jobs (
            id, idempotency_key, state, user_id, guild_id, channel_id, account, locale, private,
            model, request, recipe, fence, created_at, started_at, finished_at
        )
        SELECT {_ID}, {_ID}, 'done', i % {MEMBERS}, {SERVER}, {CHANNEL}, {_ACCOUNT}, 'en-US', 0,
            'z-image-turbo', :request, :recipe, 1, {_AT}, {_AT}, {_AT}
        FROM numbers""",
    f"""INSERT INTO images (
            id, job_id, position, seed, state, sent_at, picture_sha256, picture_content_type,
            picture_size_bytes, blurred, content_violation, duration_ms
        )
        SELECT {_ID}, {_ID}, 0, i, 'delivered', {_AT}, printf('%064x', i), 'image/webp',
            1000000, 0, 0, 4000
        FROM numbers""",
    f"""INSERT INTO job_index (job_id, model, safe, terms)
        SELECT {_ID}, 'z-image-turbo', 1, 'lighthouse fog word' || (i % 1000) FROM numbers""",
    f"""INSERT INTO ledger_entries (
            account, kind, job_id, image_id, phase, bucket_start, at,
            reserved_images, used_images, reserved_usd_micros, used_usd_micros
        )
        SELECT {_ACCOUNT}, 'settle', {_ID}, {_ID}, 'close', {_QUARTER}, {_AT}, 0, 1, 0, 10000
        FROM numbers""",
    f"""INSERT INTO favourites (user_id, image_id, created_at)
        SELECT (i * 31) % {MEMBERS}, {_ID}, {_AT} FROM numbers WHERE i % 10 = 0""",
    *(
        f"""INSERT INTO vote_tallies (
                guild_id, kind, span, subject, ups, downs, up_weight, down_weight, score
            )
            SELECT {SERVER}, 'image', '{span_key(span, NOW)}', {_ID}, 3, 1, 3000, 1000,
                (i * 7919 % 100003) / 100003.0
            FROM numbers WHERE i % 2 = 0"""
        for span in (Span.ALL, Span.MONTH)
    ),
)


def image_id(number: int) -> ImageId:
    """The picture that is the so-manieth newest."""
    return ImageId(f"{number:016x}")


def account_of(member: int) -> AccountKey:
    """A member's account."""
    return AccountKey(f"{member % MEMBERS:032x}")


async def write_library(path: Path, count: int) -> None:
    """Make an SQLite database of so many pictures."""
    url = f"sqlite:///{path}"
    async with Database.open(url):
        pass
    async with open_engines(parse_url(url)) as engines:
        async with engines.writer.begin() as connection:
            await _fill(connection, count)
        async with engines.writer.connect() as connection:
            await connection.exec_driver_sql("ANALYZE")
            await connection.commit()


async def _fill(connection: AsyncConnection, count: int) -> None:
    values = {
        "count": count,
        "now": NOW.strftime("%Y-%m-%d %H:%M:%S.000000"),
        "request": json.dumps({"prompt": _RECIPE["prompt"]}),
        "recipe": json.dumps(_RECIPE),
    }
    for step in _STEPS:
        into, _, select = step.partition("SELECT")
        statement = f"{into} {_NUMBERS} SELECT {select}"
        used = {name: value for name, value in values.items() if f":{name}" in statement}
        await connection.execute(text(_escaped(statement)), used)
    await sum_balances(connection)


def _escaped(statement: str) -> str:
    """Colons of times are no parameters."""
    return (
        statement.replace("%H:%M:%S", r"%H\:%M\:%S")
        .replace("%H:'", r"%H\:'")
        .replace("':00.", r"'\:00.")
    )
