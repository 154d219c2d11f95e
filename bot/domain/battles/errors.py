"""What can be wrong about a battle. Nothing could have been charged for it."""

from dataclasses import dataclass

from bot.domain.errors import KeepingError


class BattleError(KeepingError):
    """About a battle of styles."""


class BattleOnePrompt(BattleError):
    """The braces of a battle's prompt make several prompts."""


class BattleWithoutStyle(BattleError):
    """The prompt is to be painted raw, which leaves the style out."""


@dataclass(eq=False)
class BattleOfOneStyle(BattleError):
    """Both sides are the same style."""

    name: str


class TooFewStyles(BattleError):
    """Fewer than two styles can be painted in here."""


@dataclass(eq=False)
class TooManyBattles(BattleError):
    """The server has as many open battles as any server may have."""

    limit: int


class BattleNotOpen(BattleError):
    """A vote before the pictures are there."""


class BattleOver(BattleError):
    """A vote after the end."""


class OwnBattle(BattleError):
    """Whoever starts a battle does not vote in it."""


class NotYourBattle(BattleError):
    """Only its starter, or a moderator, may call a battle off."""
