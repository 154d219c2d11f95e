"""What the gate decided, on its way into the audit log.

Nothing is written when the gate decides: a flood of refusals is counted in memory, and written
every few seconds as one entry for each member, channel and rule. So a spammer fills neither the
disk nor the database's time; what a killed process had not written yet is lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

import structlog

from bot.domain.asking.any_recipe import AnyRecipe
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.gate.policy import Allow, Decision, Hold, Refuse
from bot.domain.gate.rule import Rule
from bot.domain.ids import ModelId
from bot.domain.jobs.job import Job
from bot.domain.moderation.audit import ONE_ENTRY_FOR, Act, AuditEntry, GateNote, channel_subject
from bot.services.asking.plans import Place
from bot.services.ports import Clock
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

MOST_WAITING = 1_000
"""Kinds of decisions that are held until they are written; more are only counted."""

_AT_ONCE = 100
"""Entries written in one transaction, so that nobody waits long for it."""


_AnyRecipe = TypeVar("_AnyRecipe", bound=AnyRecipe)


@dataclass(frozen=True, slots=True)
class _Count:
    first_at: datetime
    last_at: datetime
    times: int
    model: ModelId


class GateLog:
    """Counts decisions, and writes them down when told to."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        # The model of a note is that of its last one: models would make each refusal another kind.
        self._waiting: dict[GateNote, _Count] = {}
        self._uncounted = 0

    def asked(self, place: Place, recipe: _AnyRecipe, decision: Decision[_AnyRecipe]) -> None:
        """Note what the gate said to a request, unless it let it pass as it is."""
        for act, rule in _changes(decision):
            self._note(
                GateNote(act, place.user_id, place.guild_id, place.channel_id, rule, recipe.model)
            )

    def withheld(self, job: Job, rule: Rule) -> None:
        """Note that a picture, asked for before, is not painted or not shown."""
        origin = job.origin
        self._note(
            GateNote(
                Act.WITHHELD,
                origin.user_id,
                origin.guild_id,
                origin.channel_id,
                rule,
                job.recipe.model,
            )
        )

    async def write(self) -> None:
        """Write down what was noted since the last time; it waits on if that fails."""
        if self._uncounted:
            log.warning("gate_decisions_not_logged", count=self._uncounted)
            self._uncounted = 0
        while self._waiting:
            some = dict(list(self._waiting.items())[:_AT_ONCE])
            for kind in some:
                del self._waiting[kind]
            try:
                await self._write(some)
            except BaseException:
                self._put_back(some)
                raise

    async def write_last(self) -> None:
        """The same when the bot stops: what cannot be written now is not worth a crash."""
        try:
            await self.write()
        except Exception:
            log.exception("gate_decisions_not_logged", kinds=len(self._waiting))

    def _note(self, note: GateNote) -> None:
        kind, now = replace(note, model=ModelId("")), self._clock.now()
        earlier = self._waiting.get(kind)
        if earlier is not None:
            count = replace(earlier, last_at=now, times=earlier.times + 1, model=note.model)
        elif len(self._waiting) >= MOST_WAITING:
            self._uncounted += 1
            return
        else:
            count = _Count(now, now, 1, note.model)
        self._waiting[kind] = count

    async def _write(self, counts: dict[GateNote, _Count]) -> None:
        async with self._storage.write() as tx:
            # Accounts are opened first, each process in the same order, and entries folded then.
            in_order = sorted(
                counts.items(), key=lambda each: (each[0].guild_id or 0, each[0].user_id)
            )
            entries = [await _entry(tx, kind, count) for kind, count in in_order]
            for entry in entries:
                await tx.audit.fold(entry, since=entry.at - ONE_ENTRY_FOR)

    def _put_back(self, counts: dict[GateNote, _Count]) -> None:
        for kind, count in counts.items():
            later = self._waiting.get(kind)
            self._waiting[kind] = count if later is None else _joined(count, later)


def _changes(decision: Decision[_AnyRecipe]) -> Iterator[tuple[Act, Rule]]:
    match decision:
        case Refuse(rule):
            yield Act.REFUSED, rule
        case Allow(changed_by=rules):
            for rule in rules:
                yield Act.ALTERED, rule
        case Hold():
            return


def _joined(count: _Count, later: _Count) -> _Count:
    return replace(later, first_at=count.first_at, times=count.times + later.times)


async def _entry(tx: Transaction, kind: GateNote, count: _Count) -> AuditEntry:
    return AuditEntry(
        at=count.first_at,
        guild_id=EVERYWHERE if kind.guild_id is None else kind.guild_id,
        account=await tx.members.account_of(kind.user_id, kind.guild_id),
        act=kind.act,
        subject=channel_subject(kind.channel_id),
        detail=f"model={count.model}",
        reason=kind.rule,
        times=count.times,
        last_at=count.last_at if count.times > 1 else None,
    )
