"""What only the operator can mend: in the log and on Discord, once an hour for each cause."""

import structlog

from bot.domain.jobs.failure import FailureReason, ImageFailure
from bot.domain.jobs.job import Job
from bot.domain.money import MICROS_PER_USD
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.services.ports import Clock, OperatorMessenger

log = structlog.get_logger(__name__)

QUIET_S = 3_600.0

_WHAT_TO_DO = {
    FailureReason.NOT_CONFIGURED: "The image API refused the bot's key: check VENICE_API_KEY.",
    FailureReason.OUT_OF_FUNDS: "The bot's account at the image API is empty: top it up.",
}


def _how(failure: ImageFailure) -> str:
    """An empty account comes with what is left and the steps to top it up."""
    with_steps = failure.reason is FailureReason.OUT_OF_FUNDS and failure.detail
    return f" {failure.detail}" if with_steps else ""


class AlertDesk:
    """Tells the operator what only they can mend: a cause at most once an hour."""

    def __init__(self, clock: Clock, messenger: OperatorMessenger) -> None:
        self._clock = clock
        self._messenger = messenger
        self._last_told_s: dict[FailureReason, float] = {}

    async def painting_failed(self, job: Job, failure: ImageFailure) -> None:
        """Say what the operator has to do, unless it was said within the hour."""
        if not self._is_due(failure.reason):
            return
        what_to_do = _WHAT_TO_DO.get(failure.reason, "The log has the cause.")
        log.error(
            "operator_must_act",
            what_to_do=what_to_do,
            reason=failure.reason,
            cause=failure.detail,
            job_id=job.id,
        )
        await self._messenger.tell_operator(f"{what_to_do}{_how(failure)} (job {job.id})")

    async def budget_near_its_end(self, alert: BudgetAlert) -> None:
        """Say how much of the bot's own budget is used; the caller says it once a window."""
        used, most = (
            f"${amount / MICROS_PER_USD:,.2f}"
            for amount in (alert.used_usd_micros, alert.most_usd_micros)
        )
        await self._messenger.tell_operator(
            f"The bot has used {used} of its {most} for the {alert.window.kind.unit}. "
            "At the limit nothing more is painted until it resets, "
            f"<t:{int(alert.window.end.timestamp())}:R>."
        )

    def _is_due(self, cause: FailureReason) -> bool:
        now_s = self._clock.monotonic()
        last_s = self._last_told_s.get(cause)
        if last_s is not None and now_s - last_s < QUIET_S:
            return False
        self._last_told_s[cause] = now_s
        return True
