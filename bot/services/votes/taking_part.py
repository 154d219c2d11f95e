"""Who may take part in what, held in memory, so that a refusal comes before anything else."""

from dataclasses import dataclass
from typing import Never

import structlog

from bot.domain.ids import GuildId
from bot.domain.moderation.audit import Act
from bot.domain.voting.taking_part import (
    NO_RULES,
    Circle,
    CircleKind,
    Doing,
    Participant,
    Rules,
    check_may,
)
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock
from bot.services.schedule.repeating import repeat
from bot.services.storage_ports import Storage
from bot.services.styles.styles import StyleKeeper

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 10.0
"""How soon a change by another process counts here."""


class TakingPartBook:
    """Every server's rules. Each change is written first and counts at once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._rules: dict[GuildId, Rules] = {}

    async def load(self) -> None:
        """Read everything anew."""
        async with self._storage.read() as tx:
            said = await tx.taking_part.all()
        rules: dict[GuildId, Rules] = {}
        for guild_id, doing, circle in said:
            rules[guild_id] = rules.get(guild_id, NO_RULES).changed(doing, circle)
        self._rules = rules

    async def keep_fresh(self, clock: Clock) -> Never:
        """Notice what other processes change, until cancelled; one failure does not end it."""
        await repeat(self.load, every_s=LOOK_EVERY_S, clock=clock, failure="rules_not_read")

    def of_server(self, guild_id: GuildId) -> Rules:
        """A server's rules."""
        return self._rules.get(guild_id, NO_RULES)

    def check(self, doing: Doing, guild_id: GuildId | None, who: Participant) -> None:
        """Say whether a member may; in direct messages there is no rule.

        Raises:
            NotAmongThem: if the server's rules let others do that.
        """
        if guild_id is not None:
            check_may(self.of_server(guild_id), doing, who)

    def note(self, guild_id: GuildId, doing: Doing, circle: Circle) -> None:
        """Say that a rule was written, in a transaction that is over."""
        self._rules = {**self._rules, guild_id: self.of_server(guild_id).changed(doing, circle)}


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Who may do something from now on."""

    doing: Doing
    circle: Circle


class TakingPartDesk:
    """Shows and changes a server's rules, for those who may manage it."""

    def __init__(self, *, storage: Storage, book: TakingPartBook, clock: Clock) -> None:
        self._storage = storage
        self._book = book
        self._clock = clock

    def show(self, keeper: StyleKeeper) -> Rules:
        """A server's rules, from memory.

        Raises:
            KeepingError: if they may not see them.
        """
        keeper.check()
        return self._book.of_server(keeper.guild_id)

    async def change(self, change: RuleChange, keeper: StyleKeeper) -> Rules:
        """Change who may do something, and write that down; all rules as they are then.

        Raises:
            KeepingError: if they may not.
        """
        keeper.check()
        guild_id = keeper.guild_id
        async with self._storage.write() as tx:
            await tx.taking_part.put(guild_id, change.doing, change.circle)
            await write_down(
                tx,
                keeper.place,
                Act.TAKING_PART_SET,
                change.doing,
                now=self._clock.now(),
                detail=_detail(change.circle),
            )
        self._book.note(guild_id, change.doing, change.circle)
        log.info("taking_part_set", guild_id=guild_id, doing=change.doing)
        return self._book.of_server(guild_id)


def _detail(circle: Circle) -> str:
    return f"role {circle.role_id}" if circle.kind is CircleKind.ROLE else circle.kind.value
