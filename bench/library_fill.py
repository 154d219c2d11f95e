"""A server that has seen so many pictures, written in bulk into an empty database.

A job each, half a minute apart, by a thousand members in turn: with what it is found by, its entry
in the ledger, votes on every second and marks on every tenth.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.quota_ledger import sum_balances
from bench.schemas import analyze
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
MARKED_EVERY = (10, 40, 200)
"""Of so many pictures one is marked once, of so many one twice, and so on."""

SCORES = 41
"""Most pictures have few votes, so that many have the same score."""

_MARKS = " + ".join(f"CASE WHEN i % {every} = 0 THEN 1 ELSE 0 END" for every in MARKED_EVERY)

_RECIPE = {
    "prompt": "a lighthouse in fog",
    "model": "z-image-turbo",
    "model_name": "Z-Image Turbo",
    "size": {"width": 1024, "height": 1024},
    "safe_mode": True,
}
_NUMBERS = """
    WITH RECURSIVE numbers(i) AS (
        SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :count
    )
"""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What the databases have no common words for, of the number `i`."""

    at: str
    quarter: str
    id: str
    sha256: str
    account: str


_SQLITE_AT = (
    f"strftime('%Y-%m-%d %H:%M:%S', :now, '-' || (i * {SECONDS_APART}) || ' seconds') || '.000000'"
)
_POSTGRESQL_AT = f"CAST(:now AS timestamptz) - i * interval '{SECONDS_APART} seconds'"
_SPELLINGS = {
    "sqlite": _Spelling(
        at=_SQLITE_AT,
        quarter=f"""strftime('%Y-%m-%d %H:', {_SQLITE_AT})
            || printf('%02d', strftime('%M', {_SQLITE_AT}) / 15 * 15) || ':00.000000'""",
        id="printf('%016x', i)",
        sha256="printf('%064x', i)",
        account=f"printf('%032x', i % {MEMBERS})",
    ),
    "postgresql": _Spelling(
        at=_POSTGRESQL_AT,
        quarter=f"date_bin(interval '15 minutes', {_POSTGRESQL_AT}, timestamptz '2000-01-01 Z')",
        id="lpad(to_hex(i), 16, '0')",
        sha256="lpad(to_hex(i), 64, '0')",
        account=f"lpad(to_hex(i % {MEMBERS}), 32, '0')",
    ),
}


def _steps(spelling: _Spelling) -> Iterator[str]:
    at, picture, account = spelling.at, spelling.id, spelling.account
    yield f"""INSERT INTO accounts (key, kind, created_at)
        SELECT {account}, 'member', {at} FROM numbers WHERE i < {MEMBERS}"""
    yield f"""INSERT INTO members (user_id, guild_id, account)
        SELECT i, {SERVER}, {account} FROM numbers WHERE i < {MEMBERS}"""
    yield f"""INSERT INTO jobs (
            id, idempotency_key, state, user_id, guild_id, channel_id, account, locale, private,
            model, request, recipe, fence, created_at, started_at, finished_at
        )
        SELECT {picture}, {picture}, 'done', i % {MEMBERS}, {SERVER}, {CHANNEL}, {account}, 'en-US',
            FALSE, 'z-image-turbo', :request, :recipe, 1, {at}, {at}, {at}
        FROM numbers"""
    yield f"""INSERT INTO images (
            id, job_id, position, seed, state, sent_at, picture_sha256, picture_content_type,
            picture_size_bytes, blurred, content_violation, duration_ms
        )
        SELECT {picture}, {picture}, 0, i, 'delivered', {at}, {spelling.sha256}, 'image/webp',
            1000000, FALSE, FALSE, 4000
        FROM numbers"""
    # Jobs are numbered as they come in, the oldest first.
    yield f"""INSERT INTO job_index (job_id, model, safe, terms)
        SELECT {picture}, 'z-image-turbo', TRUE, 'lighthouse fog word' || (i % 1000)
        FROM numbers ORDER BY i DESC"""
    yield f"""INSERT INTO ledger_entries (
            account, kind, job_id, image_id, phase, bucket_start, at,
            reserved_images, used_images, reserved_usd_micros, used_usd_micros
        )
        SELECT {account}, 'settle', {picture}, {picture}, 'close', {spelling.quarter}, {at},
            0, 1, 0, 10000
        FROM numbers"""
    for marked, every in enumerate(MARKED_EVERY):
        yield f"""INSERT INTO favourites (user_id, image_id, created_at)
            SELECT (i * 31 + {marked}) % {MEMBERS}, {picture}, {at} FROM numbers
            WHERE i % {every} = 0"""
    yield f"""INSERT INTO favourite_counts (image_id, guild_id, favourites, asked_at)
        SELECT {picture}, {SERVER}, {_MARKS}, {at} FROM numbers WHERE i % {MARKED_EVERY[0]} = 0"""
    for span in (Span.ALL, Span.MONTH):
        yield f"""INSERT INTO vote_tallies (
                guild_id, kind, span, subject, ups, downs, up_weight, down_weight, score
            )
            SELECT {SERVER}, 'image', '{span_key(span, NOW)}', {picture}, 3, 1, 3000, 1000,
                (1 + i % {SCORES}) / {SCORES}.0
            FROM numbers WHERE i % 2 = 0"""


def image_id(number: int) -> ImageId:
    """The picture that is the so-manieth newest."""
    return ImageId(f"{number:016x}")


def account_of(member: int) -> AccountKey:
    """A member's account."""
    return AccountKey(f"{member % MEMBERS:032x}")


async def write_library(url: str, count: int) -> None:
    """Fill an empty database with so many pictures."""
    async with Database.open(url):
        pass
    async with open_engines(parse_url(url)) as engines, engines.writer.begin() as connection:
        await _fill(connection, count)
        await analyze(connection)
        if connection.dialect.name == "postgresql":
            # What came in bulk waits beside the index of words until the next vacuum.
            await connection.execute(text("SELECT gin_clean_pending_list('ix_job_index_terms')"))


async def _fill(connection: AsyncConnection, count: int) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    values = {
        "count": count,
        "now": NOW.strftime("%Y-%m-%d %H:%M:%S.000000") if is_sqlite else NOW,
        "request": json.dumps({"prompt": _RECIPE["prompt"]}),
        "recipe": json.dumps(_RECIPE),
    }
    for step in _steps(_SPELLINGS[connection.dialect.name]):
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
