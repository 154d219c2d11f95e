"""What the operator is told, and how often."""

from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

import structlog

from bot.domain.jobs.failure import FailureReason, ImageFailure
from bot.domain.money import UsdMicros
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.domain.quotas.windows import MONTH, window_at
from bot.ops.alerts import QUIET_S, AlertDesk
from tests.clock import FakeClock
from tests.storage.factories import make_job

FAILURE = ImageFailure(FailureReason.NOT_CONFIGURED, detail="Authentication failed")


@dataclass
class Inbox:
    """What reached the operator on Discord."""

    texts: list[str] = field(default_factory=list)

    async def tell_operator(self, text: str) -> None:
        self.texts.append(text)


async def test_the_operator_is_told_what_to_do_and_by_which_job() -> None:
    job, inbox = make_job(), Inbox()
    with structlog.testing.capture_logs() as lines:
        await AlertDesk(FakeClock(), inbox).painting_failed(job, FAILURE)

    [line] = lines
    assert line["event"] == "operator_must_act"
    assert line["job_id"] == job.id
    assert inbox.texts == [
        f"The image API refused the bot's key: check VENICE_API_KEY. (job {job.id})"
    ]


async def test_the_same_cause_is_told_once_an_hour() -> None:
    clock, inbox = FakeClock(), Inbox()
    desk = AlertDesk(clock, inbox)

    await desk.painting_failed(make_job(), FAILURE)
    await desk.painting_failed(make_job(), FAILURE)
    await desk.painting_failed(make_job(), replace(FAILURE, reason=FailureReason.OUT_OF_FUNDS))
    clock.move(QUIET_S)
    await desk.painting_failed(make_job(), FAILURE)

    assert len(inbox.texts) == 3


async def test_a_clock_that_is_set_back_makes_the_hour_no_longer() -> None:
    clock, inbox = FakeClock(), Inbox()
    desk = AlertDesk(clock, inbox)

    await desk.painting_failed(make_job(), FAILURE)
    clock.set_ahead(timedelta(hours=-2))
    clock.move(QUIET_S)
    await desk.painting_failed(make_job(), FAILURE)

    assert len(inbox.texts) == 2


async def test_an_empty_account_is_told_with_what_is_left_and_how_to_top_up() -> None:
    inbox, detail = Inbox(), "Insufficient balance; $0.05 left; 1. Send USDC"
    failure = replace(FAILURE, reason=FailureReason.OUT_OF_FUNDS, detail=detail)

    await AlertDesk(FakeClock(), inbox).painting_failed(make_job(), failure)

    assert detail in inbox.texts[0]


async def test_the_end_of_the_bots_own_budget_is_told_with_when_it_resets() -> None:
    inbox, now = Inbox(), FakeClock().now()
    window = window_at(MONTH, now, UTC)
    alert = BudgetAlert(UsdMicros(80_000_000), UsdMicros(100_000_000), window)

    await AlertDesk(FakeClock(), inbox).budget_near_its_end(alert)

    [text] = inbox.texts
    assert text.startswith("The bot has used $80.00 of its $100.00 for the month.")
    assert text.endswith(f"until it resets, <t:{int(window.end.timestamp())}:R>.")
