"""What is declared of every table is what becomes of it: rows in all of them, erased."""

import json
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import BigInteger, Column, Enum, String, Table, select
from sqlalchemy.types import TypeDecorator

from bot.domain.ids import AccountKey, GuildId, UserId
from bot.domain.jobs.job import JobState, MessageAddress
from bot.domain.preferences.defaults import DefaultsScope
from bot.domain.privacy import LINK_KEPT_FOR, ErasureKind, ErasureStage, Subject
from bot.domain.quotas.grants import GrantTarget
from bot.domain.quotas.limits import LimitScope
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.domain.voting.vote import SubjectKind
from bot.services.privacy.erasing import ErasureService
from bot.storage.database import Database
from bot.storage.engine.column_types import UtcDateTime
from bot.storage.jobs.records import job_record
from bot.storage.personal.declarations import DECLARATIONS, fates_of
from bot.storage.personal.fates import Expires, Holds, Kept, RowsGo
from bot.storage.tables import metadata
from tests.clock import FakeClock
from tests.storage.factories import NOW, make_job, make_origin, make_request

BY_TABLE = {declaration.table.name: declaration for declaration in DECLARATIONS}

THEM, SOMEBODY = 200_000_000_000_000_077, 200_000_000_000_000_099
THEIR_SERVER, A_SERVER = 100_000_000_000_000_077, 100_000_000_000_000_099
WORDS = "words that nobody else says"


Rows = dict[str, dict[str, Any]]


async def fill(
    database: Database, user_id: int, guild_id: int, *, on_images_of: Rows | None = None
) -> Rows:
    """A row in every table that names the member, the server, or has their words.

    What members do with images is done with those of the other rows, where there are any.
    """
    async with database.write() as tx:
        account = await tx.members.account_of(UserId(user_id), GuildId(guild_id))
    made: Rows = {}
    elsewhere = {"images": on_images_of["images"]} if on_images_of else {}
    async with database._engines.writer.begin() as connection:
        for table in metadata.sorted_tables:
            is_of_members = Holds.MEMBER in BY_TABLE[table.name].holds.values()
            # A review is of the member's own picture.
            is_of_members &= table.name != "reviews"
            there = {**made, **elsewhere} if is_of_members else made
            row = made[table.name] = _row(table, there, user_id, guild_id, account)
            if table.name not in {"accounts", "members", "markers"}:
                await connection.execute(table.insert().values(row))
    return made


def _row(table: Table, made: Rows, user_id: int, guild_id: int, account: str) -> dict[str, Any]:
    if table.name == "jobs":
        job = make_job(
            request=make_request(prompt=WORDS),
            origin=make_origin(
                user_id=UserId(user_id), guild_id=GuildId(guild_id), account=AccountKey(account)
            ),
            state=JobState.DONE,
            shown=MessageAddress(channel_id=1, message_id=user_id - 1),  # type: ignore[arg-type] # plain ids
        )
        return job_record(job, idempotency_key=f"interaction-{user_id}-{guild_id}")
    holds = BY_TABLE[table.name].holds
    return {
        column.name: _value(column, holds.get(column.name), made, user_id, guild_id, account)
        for column in table.columns
        if column.identity is None
    }


_SCOPES: dict[str, StrEnum] = {
    "defaults.scope": DefaultsScope.MEMBER,
    "limits.scope": LimitScope.MEMBER,
    "grants.target": GrantTarget.MEMBER,
    "vote_credits.kind": SubjectKind.MEMBER,
    "vote_tallies.kind": SubjectKind.MEMBER,
    "vote_holds.kind": SubjectKind.MEMBER,
    "erasures.kind": ErasureKind.MEMBER,
}


def _value(
    column: Column[Any],
    holds: Holds | None,
    made: Rows,
    user_id: int,
    guild_id: int,
    account: str,
) -> object:
    place = f"{column.table.name}.{column.name}"
    for key in column.foreign_keys:
        other = key.column
        is_same = other.table.name == column.table.name
        return None if is_same else made[other.table.name].get(other.name)
    if place == "server_styles.value":
        return _style(user_id, guild_id)
    if place == "battles.value":
        return json.dumps({"prompt": f"{WORDS} {user_id}", "starter_id": user_id})
    if place in _SCOPES:
        return _SCOPES[place]
    is_number = isinstance(column.type, BigInteger)
    of_kind: dict[Holds | None, object] = {
        Holds.MEMBER: user_id if is_number else f"{user_id}",
        Holds.SERVER: guild_id,
        Holds.WORDS: json.dumps({"said": f"{WORDS} {user_id}"}),
        Holds.ACCOUNT: account,
    }
    if is_number:
        of_kind |= {Holds.PLACE: user_id - 1, Holds.MESSAGE: user_id - 1}
    return of_kind.get(holds) or _anything(column, user_id, guild_id)


def _style(user_id: int, guild_id: int) -> str:
    from bot.storage.votes.server_styles import _STYLE  # noqa: PLC0415 - as it is written

    style = ServerStyle(
        id=f"{user_id % 1_000}-{guild_id % 1_000}-server_styles",
        guild_id=GuildId(guild_id),
        draft=StyleDraft(name="theirs", template="{prompt}"),
        author_id=UserId(user_id),
        created_at=NOW,
    )
    return _STYLE.dump_json(style).decode()


def _anything(column: Column[Any], user_id: int, guild_id: int) -> object:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return NOW + timedelta(days=365)
    if isinstance(kind, Enum):
        return next(iter(cast("type[StrEnum]", kind.enum_class)))
    if isinstance(kind, TypeDecorator | String):
        length = getattr(kind, "length", None)
        return f"{user_id % 1_000}-{guild_id % 1_000}-{column.table.name}"[:length]
    return kind.python_type(1)


class Elsewhere:
    """What an erasure needs beside the database, and none of which is asked for much here."""

    def __init__(self) -> None:
        self.taken_down: list[MessageAddress] = []

    async def remove(self, picture: object) -> None:
        """There are no pictures on disk."""

    async def tidy(self, **_: object) -> int:
        return 0

    async def take_down(self, address: MessageAddress) -> bool:
        self.taken_down.append(address)
        return True

    def put(self, job: object) -> None:
        """Nobody looks at the counts."""


def eraser(database: Database, clock: FakeClock, elsewhere: Any) -> ErasureService:
    return ErasureService(
        storage=database,
        pictures=elsewhere,
        thumbnails=elsewhere,
        cancelling=elsewhere,
        remover=elsewhere,
        board=elsewhere,
        reloads=(),
        clock=clock,
    )


async def traces(database: Database, wanted: Any) -> dict[str, int]:
    """In which columns, of whatever table, a value stands, and how often."""
    found: dict[str, int] = {}
    async with database._engines.reader.connect() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                for name, value in row.items():
                    if value == wanted or (isinstance(value, str) and f"{wanted}" in value):
                        found[f"{table.name}.{name}"] = found.get(f"{table.name}.{name}", 0) + 1
    return found


async def test_of_a_member_nothing_is_left_but_what_is_said(database: Database) -> None:
    somebodys = await fill(database, SOMEBODY, THEIR_SERVER)
    await fill(database, THEM, A_SERVER, on_images_of=somebodys)
    clock, elsewhere = FakeClock(NOW), Elsewhere()
    erasing = eraser(database, clock, elsewhere)
    others = await traces(database, SOMEBODY)
    before = await traces(database, THEM)
    told = {
        f"{declaration.table.name}.{name}"
        for declaration in DECLARATIONS
        for name, holds in declaration.holds.items()
        if holds is Holds.MEMBER
    }
    assert told - {"scheduled_work.subject"} <= before.keys()

    async with database.write() as tx:
        await tx.erasures.end(Subject(ErasureKind.MEMBER, THEM))
    await erasing.begin(UserId(THEM))
    await erasing.erase_member(f"{THEM}")
    left = await traces(database, THEM)
    assert left.keys() <= {
        *columns_that(Kept),
        *columns_that(Expires),
        *columns_at(ErasureStage.LINK),
    }
    assert "jobs.user_id" not in left
    words = await traces(database, f"{WORDS} {THEM}")
    assert words.keys() <= {*columns_that(Kept), *columns_at(ErasureStage.LINK)}

    await erasing.erase_member(f"{THEM}")
    assert THEM - 1 in [address.message_id for address in elsewhere.taken_down]
    clock.move((LINK_KEPT_FOR + timedelta(hours=1)).total_seconds())
    await erasing.erase_member(f"{THEM}")
    left = await traces(database, THEM)
    assert left.keys() <= {*columns_that(Kept), *columns_that(Expires)}
    # A vote was withdrawn from theirs, which their tally, made up here, did not hold.
    still = await traces(database, SOMEBODY) | {"vote_tallies.subject": 1}
    assert still == others


async def test_of_a_server_nothing_is_left_but_what_is_said(database: Database) -> None:
    await fill(database, THEM, THEIR_SERVER)
    await fill(database, SOMEBODY, A_SERVER)
    clock = FakeClock(NOW)
    erasing = eraser(database, clock, Elsewhere())
    others = await traces(database, A_SERVER)
    assert "jobs.guild_id" in await traces(database, THEIR_SERVER)

    await erasing.erase_server(f"{THEIR_SERVER}")

    left = await traces(database, THEIR_SERVER)
    assert left.keys() <= {*columns_that(Kept, ErasureKind.SERVER), "accounts.key"}
    assert "jobs.guild_id" not in left
    assert await traces(database, A_SERVER) == others


async def test_what_is_declared_to_be_given_out_is_all_that_names_a_member(
    database: Database,
) -> None:
    await fill(database, THEM, THEIR_SERVER)
    await fill(database, SOMEBODY, A_SERVER)
    async with database.read() as tx:
        for table in tx.personal_data.tables():
            rows = await tx.personal_data.rows(table, UserId(THEM), offset=0, limit=10)
            assert f"{SOMEBODY}" not in json.dumps(rows)
            names = [name for name in rows[0] if rows] if rows else []
            secret = {n for n, what in BY_TABLE[table].holds.items() if what is Holds.SECRET}
            assert not secret & set(names)
            assert rows or table == "day_balances"


def columns_that(
    fate: type[Kept | Expires], kind: ErasureKind = ErasureKind.MEMBER
) -> Iterator[str]:
    """The columns of tables of which something stays, or goes by itself."""
    for declaration in DECLARATIONS:
        if any(isinstance(each, fate) for each in fates_of(declaration, kind)):
            yield from (f"{declaration.table.name}.{column.name}" for column in declaration.table.c)


def columns_at(stage: ErasureStage) -> Iterator[str]:
    """The columns of tables whose rows go at a stage."""
    for declaration in DECLARATIONS:
        for fate in declaration.member:
            if isinstance(fate, RowsGo) and fate.stage is stage:
                yield from (
                    f"{declaration.table.name}.{column.name}" for column in declaration.table.c
                )
