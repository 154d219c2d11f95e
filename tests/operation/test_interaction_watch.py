"""How soon Discord has an acknowledgement, as the connection sees it."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.errors import GondolaError, PromptEmpty, RefusedByRule
from bot.domain.gate.rule import Rule
from bot.ui.parts.interaction_watch import GIVEN_UP_AFTER_S, InteractionWatch
from tests.clock import FakeClock


class Recorder:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def acknowledged(self, kind: str, after_s: float) -> None:
        self.told.append(("acknowledged", kind, after_s))

    def unacknowledged(self, kind: str) -> None:
        self.told.append(("unacknowledged", kind))

    def refused(self, rule: str) -> None:
        self.told.append(("refused", rule))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def watch(clock: FakeClock, recorder: Recorder) -> InteractionWatch:
    return InteractionWatch(clock.monotonic, recorder)


def interaction(number: int) -> Any:
    return SimpleNamespace(id=number, type=SimpleNamespace(name="component"))


def callback(number: int) -> str:
    return f"/api/v10/interactions/{number}/a-token/callback"


def test_an_acknowledgement_is_measured_from_arrival_to_answer(
    watch: InteractionWatch, clock: FakeClock, recorder: Recorder
) -> None:
    watch.arrived(interaction(1))
    clock.move(0.25)
    watch.answered("/api/v10/channels/1/messages", 200)
    watch.answered(callback(1), 204)
    watch.answered(callback(1), 204)

    assert recorder.told == [("acknowledged", "component", 0.25)]


def test_an_interaction_that_discord_no_longer_knows_was_not_acknowledged(
    watch: InteractionWatch, recorder: Recorder
) -> None:
    watch.arrived(interaction(1))
    watch.answered(callback(1), 404)

    assert recorder.told == [("unacknowledged", "component")]


def test_a_callback_that_is_tried_again_is_still_awaited(
    watch: InteractionWatch, clock: FakeClock, recorder: Recorder
) -> None:
    watch.arrived(interaction(1))
    watch.answered(callback(1), 429)
    watch.answered(callback(1), 503)
    clock.move(1)
    watch.answered(callback(1), 200)

    assert recorder.told == [("acknowledged", "component", 1)]


def test_an_interaction_that_nobody_answers_is_given_up(
    watch: InteractionWatch, clock: FakeClock, recorder: Recorder
) -> None:
    watch.arrived(interaction(1))
    clock.move(GIVEN_UP_AFTER_S)
    watch.arrived(interaction(2))

    assert recorder.told == [("unacknowledged", "component")]


@pytest.mark.parametrize(
    ("error", "rule"),
    [(RefusedByRule(Rule.SAFE_MODE), "safe_mode"), (PromptEmpty(), "prompt_empty")],
)
def test_a_refusal_is_counted_under_its_rule_or_its_reason(
    watch: InteractionWatch, recorder: Recorder, error: GondolaError, rule: str
) -> None:
    watch.refused(error)

    assert recorder.told == [("refused", rule)]
