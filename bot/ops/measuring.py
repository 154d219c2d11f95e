"""From what happens to the metrics: what services, client and Discord's side report to."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.domain.elapsed import seconds_since
from bot.domain.ids import JobId
from bot.domain.jobs.failure import Billing
from bot.domain.jobs.job import TERMINAL_JOB_STATES, ImageState, Job, JobImage
from bot.ops.contact import Contact
from bot.ops.metrics import NO_REASON, USD_MICROS_PER_USD, Metrics
from bot.services.ports import Clock

Monotonic = Callable[[], float]
"""Seconds from some moment on, never backwards."""

MOST_PAINTED = 1_000
"""Jobs whose message is awaited at once; beyond it the oldest are not measured."""


class JobMeasurements:
    """Measures the walk of jobs. It is a `JobObserver`."""

    def __init__(self, metrics: Metrics, *, clock: Clock, monotonic: Monotonic) -> None:
        self._metrics = metrics
        self._clock = clock
        self._monotonic = monotonic
        self._painted_s = OrderedDict[JobId, float]()

    def claimed(self, job: Job) -> None:
        """Measure the wait of a job that is taken up for the first time."""
        if job.is_claimed_first:
            waited_s = seconds_since(job.created_at, now=self._clock.now())
            self._metrics.queue_wait_s.observe(waited_s)

    def painted(self, job: Job) -> None:
        """Remember when the last byte of a job's last picture came."""
        self._painted_s[job.id] = self._monotonic()
        self._painted_s.move_to_end(job.id)
        if len(self._painted_s) > MOST_PAINTED:
            self._painted_s.popitem(last=False)

    def shown(self, job: Job) -> None:
        """Measure what the bot itself took from that byte to the message."""
        painted_s = self._painted_s.pop(job.id, None)
        if painted_s is not None:
            self._metrics.delivery_overhead_s.observe(self._monotonic() - painted_s)

    def ended(self, job: Job, images: Sequence[JobImage]) -> None:
        """Count a job's end, its images' ends, and what they cost."""
        self._painted_s.pop(job.id, None)
        if job.state in TERMINAL_JOB_STATES:
            self._metrics.jobs_ended.labels(job.state).inc()
        for image in images:
            reason = image.failure.reason if image.failure is not None else NO_REASON
            self._metrics.images_ended.labels(image.state, reason).inc()
            if _is_charged(image) and not job.shared:
                usd = (image.reserved_usd_micros or 0) / USD_MICROS_PER_USD
                self._metrics.spend_usd.labels(job.recipe.model).inc(usd)


def _is_charged(image: JobImage) -> bool:
    """Whether an image stays on the bot's budget, shown or not: see `bot.domain.quotas.ledger`."""
    if image.failure is not None:
        return image.failure.billing is not Billing.NOT_BILLED
    return image.state is not ImageState.CANCELLED


class CallMeasurements:
    """Measures the image API's calls, and remembers when it last answered."""

    def __init__(self, metrics: Metrics, contact: Contact) -> None:
        self._metrics = metrics
        self._contact = contact

    def tried(self, route: str, outcome: str, duration_s: float) -> None:
        """Measure a try."""
        self._metrics.venice_call_s.labels(route, outcome).observe(duration_s)
        self._contact.tried(outcome)


class InteractionMeasurements:
    """Measures how soon members' interactions are acknowledged, and counts refusals."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def acknowledged(self, kind: str, after_s: float) -> None:
        """Measure an acknowledgement."""
        self._metrics.acknowledgement_s.labels(kind).observe(after_s)

    def unacknowledged(self, kind: str) -> None:
        """Count an interaction that Discord gave up on."""
        self._metrics.unacknowledged.labels(kind).inc()

    def refused(self, rule: str) -> None:
        """Count a refusal."""
        self._metrics.refusals.labels(rule).inc()
