"""How one run goes: what is asked, when the bot is killed, and how long it stays down."""

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

JOBS = 30
MOST_IMAGES = 3
LONGEST_PAINTING_S = 0.4
LONGEST_DELIVERY_S = 0.3
LONGEST_AFTER_ANCHOR_S = 0.25
LONGEST_BETWEEN_S = 0.1

PAST_A_TOKEN = timedelta(seconds=1_000)
PAST_ALL_PHASES = timedelta(hours=25)
"""Past the end of every phase, and past what a held picture waits for a moderator."""


class Anchor(StrEnum):
    """What the moment of the kill is counted from."""

    ACKNOWLEDGED = "acknowledged"
    ASKED_OF_VENICE = "asked of Venice"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one run goes; drawn from its seed alone.

    Attributes:
        down_for: how far the clocks of the bot and of Discord have moved on at the next start.
        is_killed_again: whether it is killed once more while it takes up what it left.
    """

    number: int
    anchor: Anchor
    count: int
    after_s: float
    between_s: float
    painting_s: float
    delivery_s: float
    down_for: timedelta
    is_killed_again: bool
    again_after_s: float
    images: tuple[int, ...]
    private: tuple[bool, ...]

    @property
    def tokens_expire(self) -> bool:
        """Whether the interactions' tokens die while it is down."""
        return self.down_for >= PAST_A_TOKEN

    def prompt(self, job: int) -> str:
        """What is asked for, unlike any other run's and job's."""
        return f"a fox of run {self.number}x and job {job}x"


def draw_plan(seed: int, number: int, *, jobs: int = JOBS) -> Plan:
    """The plan of one run: the same for the same seed and number."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - reproducible, not secret
    images = tuple(chance.randint(1, MOST_IMAGES) for _ in range(jobs))
    anchor = chance.choice(list(Anchor))
    most = {
        Anchor.ACKNOWLEDGED: jobs,
        Anchor.ASKED_OF_VENICE: sum(images),
        Anchor.SHOWN: jobs - 1,
    }[anchor]
    down_for = chance.choice((timedelta(), timedelta(), PAST_A_TOKEN, PAST_ALL_PHASES))
    return Plan(
        number=number,
        anchor=anchor,
        count=chance.randint(1, most),
        after_s=chance.uniform(0, LONGEST_AFTER_ANCHOR_S),
        between_s=chance.uniform(0, LONGEST_BETWEEN_S),
        painting_s=chance.uniform(0, LONGEST_PAINTING_S),
        delivery_s=chance.uniform(0, LONGEST_DELIVERY_S),
        down_for=down_for,
        is_killed_again=chance.random() < 1 / 4,
        again_after_s=chance.uniform(0, 1),
        images=images,
        private=tuple(chance.random() < 1 / 4 for _ in range(jobs)),
    )
