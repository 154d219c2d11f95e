"""Keeping tallies in step with votes: sums are changed in the transaction that changes a vote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId
from bot.domain.voting.vote import Subject, Tally
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.votes.tables import vote_tallies

_ROWS_A_STATEMENT = 100
"""SQLite takes 32,766 parameters; small batches also keep its parser's work small."""

_SUMS = ("ups", "downs", "up_weight", "down_weight")
_KEY = ("guild_id", "kind", "span", "subject")


@dataclass(frozen=True, slots=True, order=True)
class TallyKey:
    """Where a tally stands."""

    guild_id: GuildId
    span: str
    kind: str
    subject: str

    @classmethod
    def of(cls, guild_id: GuildId, span: str, subject: Subject) -> "TallyKey":
        """The key of a subject's tally."""
        return cls(guild_id, span, subject.kind.value, subject.key)


async def add_to_tallies(
    connection: AsyncConnection, changes: Mapping[TallyKey, Tally]
) -> dict[TallyKey, Tally]:
    """Add to tallies and rank them anew; those in which no vote is left go. Says what they are now.

    Rows are locked in the order of their keys, so that no two transactions wait for each other.
    """
    in_order = iter(sorted(key for key, change in changes.items() if not change.is_empty))
    sums: dict[TallyKey, Tally] = {}
    while batch := list(islice(in_order, _ROWS_A_STATEMENT)):
        sums |= await _add(connection, {key: changes[key] for key in batch})
    return sums


async def _add(
    connection: AsyncConnection, changes: Mapping[TallyKey, Tally]
) -> dict[TallyKey, Tally]:
    added = insert_into(connection, vote_tallies).values(
        [_record(key, change) for key, change in changes.items()]
    )
    sums = await connection.execute(
        added.on_conflict_do_update(
            index_elements=list(vote_tallies.primary_key.columns),
            set_={name: vote_tallies.c[name] + added.excluded[name] for name in _SUMS},
        ).returning(*(vote_tallies.c[name] for name in (*_KEY, *_SUMS)))
    )
    rows = sums.all()
    at_key = [vote_tallies.c[name] == bindparam(f"at_{name}") for name in _KEY]
    gone = [_at(row) for row in rows if tally_of(row).is_empty]
    if gone:
        await connection.execute(delete(vote_tallies).where(*at_key), gone)
    ranked = [_at(row) | {"new_score": tally_of(row).score} for row in rows]
    ranked = [each for each, row in zip(ranked, rows, strict=True) if not tally_of(row).is_empty]
    if ranked:
        change = update(vote_tallies).where(*at_key).values(score=bindparam("new_score"))
        await connection.execute(change, ranked)
    return {
        TallyKey(GuildId(row.guild_id), row.span, row.kind.value, row.subject): tally_of(row)
        for row in rows
    }


def tally_of(row: AnyRow) -> Tally:
    """The tally of a row."""
    return Tally(row.ups, row.downs, row.up_weight, row.down_weight)


def _record(key: TallyKey, change: Tally) -> dict[str, object]:
    return {
        "guild_id": key.guild_id,
        "kind": key.kind,
        "span": key.span,
        "subject": key.subject,
        "ups": change.ups,
        "downs": change.downs,
        "up_weight": change.up_weight,
        "down_weight": change.down_weight,
        "score": 0.0,
    }


def _at(row: AnyRow) -> dict[str, object]:
    return {f"at_{name}": getattr(row, name) for name in _KEY}


def summed(parts: Iterable[tuple[TallyKey, Tally]]) -> dict[TallyKey, Tally]:
    """One change a tally."""
    sums: dict[TallyKey, Tally] = {}
    for key, part in parts:
        sums[key] = sums[key] + part if key in sums else part
    return sums
