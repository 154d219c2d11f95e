"""What battles need from outside; see `bot.services.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.battles.battle import Battle, BattleSide, BattleVote, Count, Side
from bot.domain.battles.rating import Evidence, Shift
from bot.domain.ids import BattleId, GuildId, JobId, UserId
from bot.domain.jobs.job import Job, MessageAddress
from bot.services.ports import ShownImage


class BattleRepository(Protocol):
    """Battles, their pictures and their votes."""

    async def add(self, battle: Battle) -> None:
        """Write a new battle."""

    async def get(self, battle_id: BattleId) -> Battle | None:
        """A battle as it is."""

    async def hold(self, battle_id: BattleId) -> Battle | None:
        """A battle, for a change: nothing else changes it or its votes before this has ended."""

    async def save(self, battle: Battle) -> None:
        """Write a battle that is held."""

    async def forget_asked(self, *, before: datetime) -> int:
        """Delete the battles that nobody confirmed, and say how many there were."""

    async def count_going_on(self, guild_id: GuildId) -> int:
        """How many battles of a server are painted or open."""

    async def pairs_since(self, guild_id: GuildId, since: datetime) -> Collection[frozenset[str]]:
        """The pairs of styles that a server's battles were between; not those called off."""

    async def evidence(
        self, guild_id: GuildId, *, before: Battle | None = None
    ) -> Sequence[Evidence]:
        """What a server's closed battles say, summed by pair; only those closed before a battle.

        They say it of the styles that count: of the heirs of merged ones.
        """

    async def battles_by_style(self, guild_id: GuildId) -> Mapping[str, int]:
        """In how many closed battles of a server each style was; ones without votes count.

        A merged style's are its heir's, save those between the two.
        """

    async def add_sides(self, battle_id: BattleId, sides: Sequence[BattleSide]) -> None:
        """Write down which jobs paint a battle's pictures."""

    async def sides(self, battle_id: BattleId) -> Sequence[BattleSide]:
        """A battle's pictures, A first."""

    async def set_ready(self, job_id: JobId) -> None:
        """Write down that a picture can be shown."""

    async def release(self, job: Job) -> None:
        """Write what an ended battle made of a picture's request; a deleted one stays as it is."""

    async def vote_of(self, battle_id: BattleId, user_id: UserId) -> BattleVote | None:
        """A member's vote."""

    async def put_vote(self, battle_id: BattleId, vote: BattleVote) -> None:
        """Write a vote, in place of the member's earlier one."""

    async def votes(self, battle_id: BattleId) -> Sequence[BattleVote]:
        """All votes of a battle."""

    async def forget_votes(self, battle_id: BattleId) -> None:
        """Forget who voted for what."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A side of a battle that has ended: its style by its name, its result, its rating."""

    side: Side
    style: str
    job: Job
    shift: Shift


@dataclass(frozen=True, slots=True)
class BattleEnd:
    """What there is to tell of a closed battle."""

    battle: Battle
    contenders: tuple[Contender, Contender]

    @property
    def count(self) -> Count:
        """What the votes came to."""
        return self.battle.count


class BattleMessenger(Protocol):
    """The way to battles' messages."""

    async def show_open(
        self, battle: Battle, pictures: Mapping[Side, ShownImage], *, file_owner: Job
    ) -> MessageAddress:
        """Show the pictures to be voted on, without a word of what they were painted by.

        Calling it again shows the same message, not a second one.

        Raises:
            UndeliverableError: if there is no way to show them.
            DeliveryDelayedError: if it did not get through now.
        """

    async def show_votes(self, battle: Battle, votes: int) -> None:
        """Write how many have voted. A failure is logged and goes no further."""

    async def show_end(self, end: BattleEnd) -> None:
        """Write what came of a battle onto its message; if that is gone, nothing is told.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """

    async def show_called_off(self, battle: Battle) -> None:
        """Write that a battle came to nothing, in the same way.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """


class BattleRepositories(Protocol):
    """The repository of battles in one transaction."""

    @property
    def battles(self) -> BattleRepository:
        """Battles of styles."""
