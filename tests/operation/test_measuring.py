"""What the metrics say after what members did."""

from datetime import timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry

from bot.domain.jobs.failure import Billing, FailureReason
from bot.domain.jobs.job import JobState
from bot.domain.jobs.progress import Workload
from bot.domain.money import UsdMicros
from bot.ops.contact import Contact
from bot.ops.measuring import (
    MOST_PAINTED,
    CallMeasurements,
    InteractionMeasurements,
    JobMeasurements,
)
from bot.ops.metrics import Metrics
from tests.clock import NOON, FakeClock
from tests.services.house import make_place, open_house
from tests.services.models import PIXEL_MODEL
from tests.services.painters import DirectedPainter, failing
from tests.storage.factories import make_job


class Board:
    """Metrics, and what they say."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.metrics = Metrics(CollectorRegistry())
        self.jobs = JobMeasurements(self.metrics, clock=self.clock, monotonic=self.clock.monotonic)

    def says(self, name: str, **labels: str) -> float | None:
        return self.metrics.registry.get_sample_value(name, labels)


async def test_a_job_that_is_shown_leaves_its_figures(tmp_path: Path) -> None:
    board = Board()

    async with open_house(tmp_path, clock=board.clock, observer=board.jobs) as house:
        await house.ask(make_place(), images=2)
        board.clock.move(7)
        await house.finish()

    model = PIXEL_MODEL.id
    assert board.says("gondola_jobs_ended_total", outcome="done") == 1
    assert board.says("gondola_images_ended_total", state="delivered", reason="none") == 2
    assert board.says("gondola_spend_usd_total", model=model) == 0.02
    assert board.says("gondola_queue_wait_seconds_sum") == 7
    assert board.says("gondola_delivery_overhead_seconds_count") == 1


async def test_what_failed_unbilled_costs_nothing_and_what_may_be_billed_does(
    tmp_path: Path,
) -> None:
    board, painter = Board(), DirectedPainter(failing(FailureReason.UNREACHABLE))

    async with open_house(
        tmp_path, clock=board.clock, observer=board.jobs, painter=painter
    ) as house:
        await house.ask(make_place(), key="1")
        await house.finish()
        assert board.says("gondola_spend_usd_total", model=PIXEL_MODEL.id) is None

        painter.paint_one = failing(FailureReason.TIMED_OUT, Billing.MAYBE_BILLED)
        await house.ask(make_place(), key="2")
        await house.finish()

    assert board.says("gondola_spend_usd_total", model=PIXEL_MODEL.id) == 0.01
    assert board.says("gondola_images_ended_total", state="failed", reason="unreachable") == 1
    assert board.says("gondola_images_ended_total", state="failed", reason="timed_out") == 1
    assert board.says("gondola_jobs_ended_total", outcome="failed") == 2


async def test_the_overhead_begins_with_the_last_byte_of_the_last_picture() -> None:
    board, job = Board(), make_job()

    board.jobs.painted(job)
    board.clock.move(5)
    board.jobs.painted(job)
    board.clock.move(0.25)
    board.jobs.shown(job)

    assert board.says("gondola_delivery_overhead_seconds_sum") == 0.25


async def test_jobs_that_are_never_shown_are_forgotten() -> None:
    board, first = Board(), make_job()
    board.jobs.painted(first)
    for _ in range(MOST_PAINTED):
        board.jobs.painted(make_job())

    board.jobs.shown(first)

    assert board.says("gondola_delivery_overhead_seconds_count") == 0


async def test_only_the_first_claim_ends_a_jobs_wait() -> None:
    board = Board()

    board.jobs.claimed(make_job(created_at=NOON - timedelta(seconds=3), fence=1))
    board.jobs.claimed(make_job(created_at=NOON - timedelta(hours=1), fence=2))

    assert board.says("gondola_queue_wait_seconds_sum") == 3


def test_the_queue_is_shown_as_the_database_has_it() -> None:
    board = Board()
    oldest = NOON - timedelta(seconds=40)

    board.metrics.set_workload(Workload({JobState.QUEUED: 3}, oldest), now=NOON)

    assert board.says("gondola_jobs_open", state="queued") == 3
    assert board.says("gondola_jobs_open", state="running") == 0
    assert board.says("gondola_queue_oldest_seconds") == 40


def test_a_queue_that_is_not_known_is_no_figure() -> None:
    board = Board()

    board.metrics.set_workload(None, now=NOON)

    shown = board.says("gondola_jobs_open", state="queued")
    assert shown != shown  # noqa: PLR0124 - only NaN differs from itself


def test_calls_are_measured_by_route_and_outcome_and_the_last_is_remembered() -> None:
    board = Board()
    contact = Contact(board.clock)

    CallMeasurements(board.metrics, contact).tried("/image/generate", "AtCapacity", 0.5)

    labels = {"route": "/image/generate", "outcome": "AtCapacity"}
    assert board.says("gondola_venice_call_seconds_sum", **labels) == 0.5
    assert contact.last is not None
    assert contact.last.answered


def test_interactions_and_refusals_are_counted() -> None:
    board = Board()
    measured = InteractionMeasurements(board.metrics)

    measured.acknowledged("component", 0.02)
    measured.unacknowledged("component")
    measured.refused("quota_exceeded")

    assert board.says("gondola_acknowledgement_seconds_count", kind="component") == 1
    assert board.says("gondola_interactions_unacknowledged_total", kind="component") == 1
    assert board.says("gondola_refusals_total", rule="quota_exceeded") == 1


def test_the_days_budget_is_shown_where_there_is_one() -> None:
    board = Board()

    board.metrics.set_budget(UsdMicros(2_500_000))
    board.metrics.set_tokens({"z-image-turbo": 17})
    board.metrics.set_ready([("gateway", True), ("database", False)])

    assert board.says("gondola_budget_usd_per_day") == 2.5
    assert board.says("gondola_venice_tokens", model="z-image-turbo") == 17
    assert board.says("gondola_ready", check="gateway") == 1
    assert board.says("gondola_ready", check="database") == 0
