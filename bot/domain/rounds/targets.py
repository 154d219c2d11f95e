"""What the buttons and menus of a round carry."""

import re
from dataclasses import dataclass

from bot.domain.rounds.style_round import RoundId

_TARGET = re.compile(r"(?P<round>[0-9a-z]+)(?P<numbers>(-\d{1,4}){0,2})")


@dataclass(frozen=True, slots=True)
class RoundTarget:
    """A round, and up to two numbers that say what in it is meant."""

    round_id: RoundId
    numbers: tuple[int, ...] = ()


def round_target(round_id: RoundId, *numbers: int) -> str:
    """A target as a button carries it."""
    return "-".join([round_id, *map(str, numbers)])


def read_round_target(target: str, *, numbers: int) -> RoundTarget | None:
    """The target that a button carries; None if it has not that many numbers."""
    found = _TARGET.fullmatch(target)
    if found is None:
        return None
    read = tuple(int(number) for number in found["numbers"].split("-") if number)
    return RoundTarget(RoundId(found["round"]), read) if len(read) == numbers else None
