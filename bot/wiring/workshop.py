"""The workshop: what brings a job from the queue to its message. Part of the wiring."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.jobs.admission import AdmissionLimits
from bot.ops.alerts import AlertDesk
from bot.services.jobs.delivery import DeliveryService
from bot.services.jobs.observation import JobObserver
from bot.services.jobs.progress_board import ProgressBoard
from bot.services.jobs.runner import JobRunner
from bot.services.jobs.worker_pool import WorkerPool
from bot.services.quotas.budget_watch import BudgetWatch
from bot.settings import Settings
from bot.ui.client.operator import OperatorMessages
from bot.ui.quotas.budget_messages import BudgetMessages
from bot.wiring.battling import Arena, open_arena
from bot.wiring.ground import Ground
from bot.wiring.reviewing import Reviewing


@dataclass(frozen=True, slots=True)
class Workshop:
    """What brings a job to its end."""

    board: ProgressBoard
    delivery: DeliveryService
    runner: JobRunner
    pool: WorkerPool
    budgets: BudgetWatch
    arena: Arena


def build_workshop(ground: Ground, observer: JobObserver, reviewing: Reviewing) -> Workshop:
    """Build it; nothing of it works yet."""
    arena = open_arena(ground)
    board = ProgressBoard(
        storage=ground.database,
        messenger=arena.door,
        pictures=ground.pictures,
        policies=ground.policies,
        clock=ground.clock,
        at_once=ground.settings.max_concurrent_generations,
    )
    delivery = DeliveryService(
        storage=ground.database,
        messenger=arena.door,
        pictures=ground.pictures,
        policies=ground.policies,
        board=board,
        desk=reviewing.desk,
        striker=reviewing.striker,
        clock=ground.clock,
        gate_log=ground.gate_log,
        observer=observer,
    )
    alerts = AlertDesk(ground.clock, _operator(ground))
    runner = JobRunner(
        storage=ground.database,
        painter=ground.painter,
        retoucher=ground.retoucher,
        pictures=ground.pictures,
        policies=ground.policies,
        catalogue=ground.catalogue,
        delivery=delivery,
        alerts=alerts,
        board=board,
        clock=ground.clock,
        gate_log=ground.gate_log,
        concurrency=ground.settings.max_concurrent_generations,
        observer=observer,
    )
    pool = WorkerPool(
        storage=ground.database,
        run_job=runner.run,
        bell=ground.bell,
        in_hand=ground.in_hand,
        clock=ground.clock,
        size=ground.settings.max_concurrent_generations,
        most_running=ground.settings.max_running_per_member,
        owner=ground.process_name,
    )
    budgets = BudgetWatch(
        storage=ground.database, managers=BudgetMessages(ground.connection), operator=alerts
    )
    return Workshop(board, delivery, runner, pool, budgets, arena)


def admission_limits(settings: Settings) -> AdmissionLimits:
    """How much may wait for the workshop, and for how long a member waits between requests."""
    return AdmissionLimits(
        jobs=settings.max_queued_jobs,
        jobs_of_member=settings.max_queued_per_member,
        pause=timedelta(seconds=settings.request_pause_s),
    )


def _operator(ground: Ground) -> OperatorMessages:
    return OperatorMessages(
        ground.connection, channel=ground.settings.alert_channel, owners=ground.settings.owners
    )
