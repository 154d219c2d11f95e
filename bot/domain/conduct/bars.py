"""Who may ask for nothing in a place: blocked members, and those whom their strikes have paused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.conduct.conduct import Consequence, Strike, StrikeRules, standing
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId, UserId


class BlockCause(StrEnum):
    """Whose doing a block is."""

    PERSON = "person"
    STRIKES = "strikes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A member whom a server blocks, or, under `bot.domain.gate.pause.EVERYWHERE`, the bot's owner.

    `until` is None for a block that lasts until somebody lifts it.
    """

    guild_id: GuildId
    user_id: UserId
    since: datetime
    until: datetime | None
    reason: str
    cause: BlockCause = BlockCause.PERSON

    def holds_at(self, now: datetime) -> bool:
        """Whether it has not ended yet."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a member may ask for nothing, and until when; a pause has no reason of its own."""

    rule: Rule
    until: datetime | None
    reason: str = ""
    everywhere: bool = False


_NOBODY: Mapping[UserId, Block] = {}
_NO_STRIKES: Mapping[UserId, tuple[Strike, ...]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Who may ask for nothing in a place at a moment."""

    at: datetime
    everywhere: Mapping[UserId, Block] = field(default_factory=lambda: _NOBODY)
    here: Mapping[UserId, Block] = field(default_factory=lambda: _NOBODY)
    strikes: Mapping[UserId, tuple[Strike, ...]] = field(default_factory=lambda: _NO_STRIKES)
    rules: StrikeRules = field(default_factory=StrikeRules)

    def bar_of(self, user_id: UserId) -> Bar | None:
        """What keeps a member from asking; the widest is told first.

        Strikes only pause: the block that they lead to is written down as one, so that a moderator
        can lift it.
        """
        for blocks, everywhere in ((self.everywhere, True), (self.here, False)):
            block = blocks.get(user_id)
            if block is not None and block.holds_at(self.at):
                return Bar(Rule.BLOCKED, block.until, block.reason, everywhere)
        now = standing(self.strikes.get(user_id, ()), self.rules, now=self.at)
        if now.consequence is Consequence.PAUSE:
            return Bar(Rule.PAUSED_FOR_STRIKES, now.until)
        return None


NOBODY_BARRED = Barred(at=datetime.min.replace(tzinfo=UTC))
