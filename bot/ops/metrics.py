"""The metrics: every series that `/metrics` shows, in a registry of their own.

Labels take values from fixed sets: states, outcomes, rules, routes, error classes. Models are the
only names from outside, and only those of the catalogue are painted with. No label names a
member, a channel or a server.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)

from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import OPEN_JOB_STATES, TERMINAL_JOB_STATES, ImageState
from bot.domain.jobs.progress import Workload
from bot.domain.money import UsdMicros

USD_MICROS_PER_USD = 1_000_000
NO_REASON = "none"
"""The label of images that ended well, or were cancelled."""

INTERACTION_KINDS = ("application_command", "autocomplete", "component", "modal_submit")
"""What members do, by discord.py's names."""

_ACKNOWLEDGEMENT_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Discord gives up after three seconds."""

_OVERHEAD_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
_WAIT_S = (0.05, 0.25, 1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 900.0)
_CALL_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 240.0)
_LAG_S = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
_BLOCKED_S = (0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


class Metrics:
    """The series, made in the registry that is handed in."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        ProcessCollector(registry=registry)
        self.acknowledgement_s = Histogram(
            "gondola_acknowledgement_seconds",
            "From an interaction's arrival to Discord's receipt of its acknowledgement.",
            ["kind"],
            buckets=_ACKNOWLEDGEMENT_S,
            registry=registry,
        )
        self.unacknowledged = Counter(
            "gondola_interactions_unacknowledged",
            "Interactions that Discord gave up on: the member saw no answer.",
            ["kind"],
            registry=registry,
        )
        self.refusals = Counter(
            "gondola_refusals", "Requests refused, by rule.", ["rule"], registry=registry
        )
        self.delivery_overhead_s = Histogram(
            "gondola_delivery_overhead_seconds",
            "From the image API's last byte to the message on Discord.",
            buckets=_OVERHEAD_S,
            registry=registry,
        )
        self.queue_wait_s = Histogram(
            "gondola_queue_wait_seconds",
            "From a job's acceptance until a worker first took it up.",
            buckets=_WAIT_S,
            registry=registry,
        )
        self._jobs_open = Gauge(
            "gondola_jobs_open", "Jobs that have not ended, by state.", ["state"], registry=registry
        )
        self._queue_oldest_s = Gauge(
            "gondola_queue_oldest_seconds",
            "How long the oldest queued job has waited.",
            registry=registry,
        )
        self.jobs_ended = Counter(
            "gondola_jobs_ended", "Jobs that ended, by outcome.", ["outcome"], registry=registry
        )
        self.images_ended = Counter(
            "gondola_images_ended",
            "Images that ended, by state and by why they failed.",
            ["state", "reason"],
            registry=registry,
        )
        self.spend_usd = Counter(
            "gondola_spend_usd",
            "US dollars charged to the bot's budget, by model, at the catalogue's prices.",
            ["model"],
            registry=registry,
        )
        self.budget_usd = Gauge(
            "gondola_budget_usd_per_day",
            "US dollars that the whole bot may spend in a day; NaN is unlimited.",
            registry=registry,
        )
        self.venice_call_s = Histogram(
            "gondola_venice_call_seconds",
            "Tries of the image API's routes, by outcome; one call makes up to four.",
            ["route", "outcome"],
            buckets=_CALL_S,
            registry=registry,
        )
        self._venice_tokens = Gauge(
            "gondola_venice_tokens",
            "Images that the account's rate limit still lets through now, by model.",
            ["model"],
            registry=registry,
        )
        self.loop_lag_s = Histogram(
            "gondola_loop_lag_seconds",
            "How late the event loop woke a sleeper, looked at once a second.",
            buckets=_LAG_S,
            registry=registry,
        )
        self.loop_blocked_s = Histogram(
            "gondola_loop_blocked_seconds",
            "Times the event loop was held for over 50 ms, by what held it; needs LOOP_WATCH.",
            ["kind"],
            buckets=_BLOCKED_S,
            registry=registry,
        )
        self._ready = Gauge(
            "gondola_ready",
            "Whether a check of /readyz passes: 1 or 0.",
            ["check"],
            registry=registry,
        )
        self.budget_usd.set(float("nan"))
        self._show_what_has_not_happened_yet()

    def _show_what_has_not_happened_yet(self) -> None:
        """A series that starts at nought shows its first event as a rise; a new one does not."""
        for state in OPEN_JOB_STATES:
            self._jobs_open.labels(state)
        for state in TERMINAL_JOB_STATES:
            self.jobs_ended.labels(state)
        for reason in FailureReason:
            self.images_ended.labels(ImageState.FAILED, reason)
        self.images_ended.labels(ImageState.LOST, FailureReason.LOST)
        self.images_ended.labels(ImageState.DELIVERED, NO_REASON)
        for kind in INTERACTION_KINDS:
            self.unacknowledged.labels(kind)

    def set_budget(self, usd_micros: UsdMicros | None) -> None:
        """Say what the bot may spend in a day."""
        if usd_micros is not None:
            self.budget_usd.set(usd_micros / USD_MICROS_PER_USD)

    def set_workload(self, workload: Workload | None, *, now: datetime) -> None:
        """Show which jobs are open now; None where the database did not say."""
        for state in OPEN_JOB_STATES:
            count = float("nan") if workload is None else workload.by_state.get(state, 0)
            self._jobs_open.labels(state).set(count)
        oldest = workload.oldest_queued_at if workload is not None else None
        self._queue_oldest_s.set((now - oldest).total_seconds() if oldest is not None else 0.0)

    def set_tokens(self, by_model: Mapping[str, int]) -> None:
        """Show what the limiter would let through now."""
        for model, tokens in by_model.items():
            self._venice_tokens.labels(model).set(tokens)

    def set_ready(self, checks: Iterable[tuple[str, bool]]) -> None:
        """Show which checks of readiness pass."""
        for name, passes in checks:
            self._ready.labels(name).set(passes)
