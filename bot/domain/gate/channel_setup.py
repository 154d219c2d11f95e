"""The walk of `/channel setup`: four questions about a channel, each with a few answers.

Where somebody stands in it is in the buttons themselves, so that it goes on after a restart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.gate.channel_rules import (
    ChannelRules,
    ChannelSettings,
    Decided,
    Layer,
    PrivateImages,
    Review,
)


class Question(StrEnum):
    """What is asked, by the name of the setting that the answer gives."""

    SAFE_MODE = "safe_mode"
    PRIVATE_IMAGES = "private_images"
    REVIEW = "review"
    SPOILERS = "spoilers"


Answer = bool | PrivateImages | Review

ANSWERS: Mapping[Question, tuple[Answer, ...]] = MappingProxyType(
    {
        Question.SAFE_MODE: (True, False),
        Question.PRIVATE_IMAGES: tuple(PrivateImages),
        Question.REVIEW: tuple(Review),
        Question.SPOILERS: (False, True),
    }
)
QUESTIONS = tuple(ANSWERS)

_TARGET = re.compile(r"a(?P<chosen>[0-3]{0,4})")


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody is: which answer was chosen for each of the first questions."""

    chosen: tuple[int, ...] = ()

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        return QUESTIONS[len(self.chosen)] if len(self.chosen) < len(QUESTIONS) else None

    @property
    def answers(self) -> Mapping[Question, Answer]:
        """What was answered so far."""
        return {
            question: ANSWERS[question][choice]
            for question, choice in zip(QUESTIONS, self.chosen, strict=False)
        }

    @property
    def settings(self) -> ChannelSettings:
        """What the channel is to say by the answers so far."""
        return ChannelSettings(**self.answers)  # type: ignore[arg-type] # fields by name

    @property
    def target(self) -> str:
        """What a button carries that leads here."""
        return "a" + "".join(map(str, self.chosen))

    def answered(self, choice: int) -> "Walk":
        """One question further."""
        return Walk((*self.chosen, choice))

    def before(self) -> "Walk":
        """One question back; the first has none before it."""
        return Walk(self.chosen[:-1])


@dataclass(frozen=True, slots=True)
class SetupChange:
    """What holds now, and who decided it, and what the channel is to say."""

    question: Question
    now: Decided[Answer]
    then: Answer

    @property
    def is_one(self) -> bool:
        """Whether the channel does not say so itself already."""
        return self.now != Decided(self.then, Layer.CHANNEL)


def read_walk(target: str) -> Walk | None:
    """Where a button leads; None if it carries no such thing."""
    found = _TARGET.fullmatch(target)
    if found is None:
        return None
    chosen = tuple(map(int, found["chosen"]))
    fits = all(
        choice < len(ANSWERS[question]) for question, choice in zip(QUESTIONS, chosen, strict=False)
    )
    return Walk(chosen) if fits else None


def held_now(rules: ChannelRules, question: Question) -> Decided[Answer]:
    """What holds now, and who decided it."""
    held: dict[Question, Decided[bool] | Decided[PrivateImages] | Decided[Review]] = {
        Question.SAFE_MODE: rules.safe_mode,
        Question.PRIVATE_IMAGES: rules.private_images,
        Question.REVIEW: rules.review,
        Question.SPOILERS: rules.spoilers,
    }
    decided = held[question]
    return Decided(decided.value, decided.by)


def changes_of(walk: Walk, rules: ChannelRules) -> tuple[SetupChange, ...]:
    """What the answers come to, beside what holds now."""
    return tuple(
        SetupChange(question, held_now(rules, question), answer)
        for question, answer in walk.answers.items()
    )
