"""What a vote, a tally and a leaderboard take: `python -m bench.votes [VOTES]`.

Two SQLite files are filled, one with ten thousand votes and one with a million unless told
otherwise, ten on each picture. The same is then done on both in turns, so that what else the
machine does falls on both.
"""

import asyncio
import contextlib
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sized
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.styled_votes import style_tally_rows, styled_picture, styled_row
from bot.domain.ids import AccountKey, ChannelId, GuildId, ImageId, UserId
from bot.domain.insight.style_insight import span_names
from bot.domain.insight.style_tally import StyledPicture
from bot.domain.library.browsing import PictureScope
from bot.domain.quotas.ledger import AccountKind
from bot.domain.statistics.statistics import Period, timeline
from bot.domain.styles.leaderboard import ENTRIES_PER_BOARD, MAX_PAGES
from bot.domain.voting.credits import preset_style_key
from bot.domain.voting.span import Span, span_key, span_keys
from bot.domain.voting.vote import (
    FULL_WEIGHT,
    NO_VOTES,
    Credit,
    Subject,
    SubjectKind,
    Tally,
    Vote,
    VoteValue,
    counted,
)
from bot.storage.database import Database
from bot.storage.engine.engines import open_engines
from bot.storage.engine.url import parse_url
from bot.storage.tables import accounts, images, job_index, jobs
from bot.storage.votes.tables import (
    style_tallies,
    styled_pictures,
    vote_credits,
    vote_tallies,
    votes,
)

FEW, MANY = 10_000, 1_000_000
VOTES_A_PICTURE = 10
MEMBERS = 1_000
ROUNDS = 300
NOW = datetime(2026, 5, 21, 12, tzinfo=UTC)
SERVER, CHANNEL = GuildId(1), ChannelId(1)
WEEKS = span_names(timeline(Period.QUARTER, NOW, UTC))
STYLES = tuple(f"Style {number}" for number in range(40))
ACCOUNT = AccountKey("0" * 32)

_BATCH = 5_000
_PAGE = ENTRIES_PER_BOARD + 1
"""One more than is shown, as the bot asks for."""

_RECIPE = {
    "prompt": "a lighthouse in fog",
    "model": "z-image-turbo",
    "model_name": "Z-Image Turbo",
    "size": {"width": 1024, "height": 1024},
    "safe_mode": True,
}


async def main(many: int) -> None:
    """Fill, measure, print."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        halls = [
            await stack.enter_async_context(_hall(folder / f"{count}.db", count))
            for count in (FEW, many)
        ]
        print(f"{FEW:,} and {many:,} votes; medians of {ROUNDS}, in turns")
        for name in ("vote", "tally", "styles", "pictures", "tenth_page", "insight"):
            await _compare(name, [getattr(hall, name) for hall in halls])


@contextlib.asynccontextmanager
async def _hall(path: Path, count: int) -> AsyncIterator["Hall"]:
    url = f"sqlite:///{path}"
    async with Database.open(url):
        pass
    async with open_engines(parse_url(url)) as engines:
        async with engines.writer.begin() as connection:
            await _fill(connection, count)
        async with engines.writer.connect() as connection:
            await connection.exec_driver_sql("ANALYZE")
            await connection.commit()
    async with Database.open(url) as database:
        yield Hall(database, count // VOTES_A_PICTURE)


class Hall:
    """A server whose members vote."""

    def __init__(self, database: Database, picture_count: int) -> None:
        self._database = database
        self._picture_count = picture_count
        self._rng = random.Random(11)  # noqa: S311 - the same votes at every run
        self._newcomers = itertools.count(MEMBERS)

    async def vote(self) -> None:
        """A member who has not voted yet votes for a picture."""
        vote = Vote(
            image_id=_picture(self._rng.randrange(self._picture_count)),
            user_id=UserId(next(self._newcomers)),
            guild_id=SERVER,
            value=VoteValue.UP,
            weight=FULL_WEIGHT,
            cast_at=NOW,
        )
        async with self._database.write() as tx:
            await tx.votes.put(vote)

    async def tally(self) -> None:
        """The counts under a result of four pictures."""
        first = self._rng.randrange(self._picture_count - 4)
        pictures = [_picture(first + position) for position in range(4)]
        async with self._database.read() as tx:
            _full(await tx.votes.tallies_of(SERVER, SubjectKind.IMAGE, pictures), 4)

    async def styles(self) -> None:
        """The first page of the styles of this month."""
        async with self._database.read() as tx:
            span = span_key(Span.MONTH, NOW)
            ranked = tx.leaderboards.subjects(
                SERVER, SubjectKind.STYLE, span, offset=0, limit=_PAGE
            )
            _full(await ranked, _PAGE)

    async def pictures(self) -> None:
        """The first page of the pictures of this month."""
        await self._page(0)

    async def tenth_page(self) -> None:
        """The last page of the same that can be leafed to."""
        await self._page((MAX_PAGES - 1) * ENTRIES_PER_BOARD)

    async def insight(self) -> None:
        """All that `/stats styles` asks for: thirteen weeks, every kind of prompt and model."""
        async with self._database.read() as tx:
            _full(await tx.style_insight.over_time(SERVER, WEEKS, kind=None, model=None), None)
            _full(await tx.style_insight.by_kind(SERVER, WEEKS, model=None), None)
            _full(await tx.style_insight.by_model(SERVER, WEEKS, kind=None), None)

    async def _page(self, offset: int) -> None:
        scope = PictureScope(safe_only=True, guild_id=SERVER, channels=frozenset({CHANNEL}))
        async with self._database.read() as tx:
            span = span_key(Span.MONTH, NOW)
            found = await tx.leaderboards.pictures(SERVER, scope, span, offset=offset, limit=_PAGE)
            _full(found, _PAGE)


def _full(found: Sized, count: int | None) -> None:
    """What is empty is read quickly, and says nothing."""
    if len(found) == 0 or count not in (None, len(found)):
        raise RuntimeError(f"{len(found)} rows where {count} are there")


def _picture(number: int) -> ImageId:
    return ImageId(f"{number:016x}")


async def _fill(connection: AsyncConnection, count: int) -> None:
    numbers = range(count // VOTES_A_PICTURE)
    account = {"key": ACCOUNT, "kind": AccountKind.MEMBER, "created_at": NOW}
    await _insert(connection, accounts, [account])
    await _insert(connection, jobs, map(_job, numbers))
    await _insert(connection, images, map(_image, numbers))
    await _insert(connection, job_index, map(_indexed, numbers))
    await _insert(connection, vote_credits, _credit_rows(numbers))
    pictures = [_styled(number) for number in numbers]
    await _insert(connection, styled_pictures, map(styled_row, pictures))
    rng = random.Random(7)  # noqa: S311 - the same server at every run
    sums: dict[Subject, Tally] = defaultdict(lambda: NO_VOTES)
    await _insert(connection, votes, _vote_rows(numbers, rng, sums))
    await _insert(connection, vote_tallies, _tally_rows(sums))
    await _insert(connection, style_tallies, style_tally_rows(SERVER, pictures, sums))


def _job(number: int) -> dict[str, Any]:
    return {
        "id": _picture(number),
        "idempotency_key": f"{number}",
        "state": "done",
        "user_id": number % MEMBERS,
        "guild_id": SERVER,
        "channel_id": CHANNEL,
        "account": ACCOUNT,
        "locale": "en-US",
        "private": False,
        "model": _RECIPE["model"],
        "request": json.dumps({"prompt": _RECIPE["prompt"]}),
        "recipe": json.dumps(_RECIPE),
        "fence": 1,
        "created_at": NOW,
    }


def _image(number: int) -> dict[str, Any]:
    return {
        "id": _picture(number),
        "job_id": _picture(number),
        "position": 0,
        "seed": number,
        "state": "delivered",
        "picture_sha256": f"{number:064x}",
    }


def _indexed(number: int) -> dict[str, Any]:
    return {"job_id": _picture(number), "model": _RECIPE["model"], "safe": True, "terms": ""}


def _credits(number: int) -> list[Credit]:
    subjects = (
        Subject(SubjectKind.IMAGE, _picture(number)),
        Subject(SubjectKind.MODEL, f"{_RECIPE['model']}"),
        Subject(SubjectKind.MEMBER, f"{number % MEMBERS}"),
        Subject(SubjectKind.STYLE, preset_style_key(STYLES[number % len(STYLES)])),
    )
    return [Credit(subject=subject, owner=UserId(-1)) for subject in subjects]


def _credit_rows(numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    for number in numbers:
        for credit in _credits(number):
            yield {
                "image_id": _picture(number),
                "kind": credit.subject.kind,
                "subject": credit.subject.key,
                "owner_id": credit.owner,
                "share": credit.share,
                "direct": credit.direct,
            }


def _vote_rows(
    numbers: Iterable[int], rng: random.Random, sums: dict[Subject, Tally]
) -> Iterator[dict[str, Any]]:
    """The votes; what they come to is added up on the way."""
    for number in numbers:
        liked, credited = rng.random(), _credits(number)
        for voter in rng.sample(range(MEMBERS), VOTES_A_PICTURE):
            vote = Vote(
                image_id=_picture(number),
                user_id=UserId(voter),
                guild_id=SERVER,
                value=VoteValue.UP if rng.random() < liked else VoteValue.DOWN,
                weight=FULL_WEIGHT,
                cast_at=NOW,
            )
            for credit in credited:
                sums[credit.subject] += counted(vote, credit)
            yield {
                "image_id": vote.image_id,
                "user_id": vote.user_id,
                "guild_id": SERVER,
                "value": vote.value,
                "weight": vote.weight,
                "cast_at": NOW,
            }


def _tally_rows(sums: dict[Subject, Tally]) -> Iterator[dict[str, Any]]:
    for span in span_keys(NOW):
        for subject, tally in sums.items():
            yield {
                "guild_id": SERVER,
                "kind": subject.kind,
                "span": span,
                "subject": subject.key,
                "ups": tally.ups,
                "downs": tally.downs,
                "up_weight": tally.up_weight,
                "down_weight": tally.down_weight,
                "score": tally.score,
            }


def _styled(number: int) -> StyledPicture:
    style = preset_style_key(STYLES[number % len(STYLES)])
    return styled_picture(number, _picture(number), style, NOW)


async def _insert(
    connection: AsyncConnection, table: Table, rows: Iterable[dict[str, Any]]
) -> None:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        await connection.execute(table.insert(), batch)


async def _compare(name: str, ways: list[Callable[[], Awaitable[None]]]) -> None:
    took_ms: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, each in zip(ways, took_ms, strict=True):
            begun = time.perf_counter()
            await way()
            each.append(1_000 * (time.perf_counter() - begun))
    few, many = (statistics.median(each) for each in took_ms)
    print(f"{name:12} {few:8.2f} ms {many:8.2f} ms  {many / few:5.2f} ×")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
