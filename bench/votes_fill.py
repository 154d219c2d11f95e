"""A server whose members have voted so often, ten times on each picture, written in bulk."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Table

from bench.schemas import analyze
from bench.styled_votes import style_tally_rows, styled_picture, styled_row
from bot.domain.ids import AccountKey, ChannelId, GuildId, ImageId
from bot.domain.insight.style_tally import StyledPicture
from bot.domain.quotas.ledger import AccountKind
from bot.domain.voting.credits import preset_style_key
from bot.domain.voting.span import span_keys
from bot.domain.voting.vote import (
    FULL_WEIGHT,
    NO_VOTES,
    Subject,
    SubjectKind,
    Tally,
    VoteValue,
)
from bot.storage.database import Database
from bot.storage.engine.engines import AnyEngine, open_engines
from bot.storage.engine.url import parse_url
from bot.storage.tables import accounts, images, job_index, jobs
from bot.storage.votes.tables import (
    style_tallies,
    styled_pictures,
    vote_credits,
    vote_tallies,
    votes,
)

VOTES_A_PICTURE = 10
MEMBERS = 1_000
NOW = datetime(2026, 5, 21, 12, tzinfo=UTC)
SERVER, CHANNEL = GuildId(1), ChannelId(1)
STYLES = tuple(f"Style {number}" for number in range(40))

_ACCOUNT = AccountKey("0" * 32)
_BATCH = 5_000
_VOTERS_APART = 97
"""So far apart are those who vote on a picture, so that nobody votes twice."""

_RECIPE = {
    "prompt": "a lighthouse in fog",
    "model": "z-image-turbo",
    "model_name": "Z-Image Turbo",
    "size": {"width": 1024, "height": 1024},
    "safe_mode": True,
}


async def write_votes(url: str, count: int) -> None:
    """Fill an empty database with so many votes."""
    async with Database.open(url):
        pass
    async with open_engines(parse_url(url)) as engines:
        await _fill(engines.writer, count)
        async with engines.writer.begin() as connection:
            await analyze(connection)


def picture_id(number: int) -> ImageId:
    """One of the pictures, counted from 0."""
    return ImageId(f"{number:016x}")


async def _fill(engine: AnyEngine, count: int) -> None:
    numbers = range(count // VOTES_A_PICTURE)
    account = {"key": _ACCOUNT, "kind": AccountKind.MEMBER, "created_at": NOW}
    await _insert(engine, accounts, [account])
    await _insert(engine, jobs, map(_job, numbers))
    await _insert(engine, images, map(_image, numbers))
    await _insert(engine, job_index, map(_indexed, numbers))
    await _insert(engine, vote_credits, _credit_rows(numbers))
    await _insert(engine, styled_pictures, (styled_row(_styled(each)) for each in numbers))
    rng = random.Random(7)  # noqa: S311 - the same server at every run
    sums: dict[Subject, Tally] = defaultdict(lambda: NO_VOTES)
    await _insert(engine, votes, _vote_rows(numbers, rng, sums))
    await _insert(engine, vote_tallies, _tally_rows(sums))
    await _insert(engine, style_tallies, style_tally_rows(SERVER, map(_styled, numbers), sums))


def _job(number: int) -> dict[str, Any]:
    return {
        "id": picture_id(number),
        "idempotency_key": f"{number}",
        "state": "done",
        "user_id": number % MEMBERS,
        "guild_id": SERVER,
        "channel_id": CHANNEL,
        "account": _ACCOUNT,
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
        "id": picture_id(number),
        "job_id": picture_id(number),
        "position": 0,
        "seed": number,
        "state": "delivered",
        "picture_sha256": f"{number:064x}",
    }


def _indexed(number: int) -> dict[str, Any]:
    return {"job_id": picture_id(number), "model": _RECIPE["model"], "safe": True, "terms": ""}


def _credited(number: int) -> tuple[Subject, ...]:
    """For what votes on a picture count, all of them in full."""
    return (
        Subject(SubjectKind.IMAGE, picture_id(number)),
        Subject(SubjectKind.MODEL, f"{_RECIPE['model']}"),
        Subject(SubjectKind.MEMBER, f"{number % MEMBERS}"),
        Subject(SubjectKind.STYLE, preset_style_key(STYLES[number % len(STYLES)])),
    )


def _credit_rows(numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    for number in numbers:
        for subject in _credited(number):
            yield {
                "image_id": picture_id(number),
                "kind": subject.kind,
                "subject": subject.key,
                "owner_id": -1,
                "share": FULL_WEIGHT,
                "direct": True,
            }


def _vote_rows(
    numbers: Iterable[int], rng: random.Random, sums: dict[Subject, Tally]
) -> Iterator[dict[str, Any]]:
    """The votes; what they come to is added up on the way."""
    for number in numbers:
        liked, first = rng.random(), rng.randrange(MEMBERS)
        ups = sum(rng.random() < liked for _ in range(VOTES_A_PICTURE))
        downs = VOTES_A_PICTURE - ups
        tally = Tally(ups, downs, ups * FULL_WEIGHT, downs * FULL_WEIGHT)
        for subject in _credited(number):
            sums[subject] += tally
        for position in range(VOTES_A_PICTURE):
            yield {
                "image_id": picture_id(number),
                "user_id": (first + position * _VOTERS_APART) % MEMBERS,
                "guild_id": SERVER,
                "value": VoteValue.UP if position < ups else VoteValue.DOWN,
                "weight": FULL_WEIGHT,
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
    return styled_picture(number, picture_id(number), style, NOW)


async def _insert(engine: AnyEngine, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """In many transactions, for a log of all would be as large as the database."""
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        async with engine.begin() as connection:
            await connection.execute(table.insert(), batch)
