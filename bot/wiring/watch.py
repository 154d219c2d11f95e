"""What watches the bot: part of the wiring, and built first, so that the start is watched too."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Never

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.client import Gondola
from bot.ops.contact import Contact
from bot.ops.health import (
    CHECK_TIMEOUT_S,
    SILENT_FOR,
    Check,
    Finding,
    Readiness,
    api_check,
    catalogue_check,
    database_check,
    gateway_check,
)
from bot.ops.http import operations_app, serving
from bot.ops.lag import measure_lag
from bot.ops.loop_watch import LoopWatch, reporting_to
from bot.ops.measuring import CallMeasurements, InteractionMeasurements, JobMeasurements
from bot.ops.metrics import Metrics
from bot.services.storage_ports import Storage
from bot.settings import Settings
from bot.storage.errors import StorageError
from bot.ui.parts.interaction_watch import InteractionWatch
from bot.venice import Catalogue, SystemClock
from bot.wiring.ground import Ground

log = structlog.get_logger(__name__)


class Watch:
    """The observers that the parts of the bot report to, and what is served of their reports.

    Attributes:
        jobs: for the services.
        calls: for the image API's client.
        interactions: for Discord's client.
    """

    def __init__(self, settings: Settings, clock: SystemClock) -> None:
        self._settings = settings
        self._clock = clock
        self._metrics = Metrics(CollectorRegistry())
        self._metrics.set_budget(settings.bot_usd_micros_per_day)
        self._contact = Contact(clock)
        self.jobs = JobMeasurements(self._metrics, clock=clock, monotonic=clock.monotonic)
        self.calls = CallMeasurements(self._metrics, self._contact)
        self.interactions = InteractionWatch(
            clock.monotonic, InteractionMeasurements(self._metrics)
        )

    async def measure_lag(self) -> Never:
        """Measure the loop's lag until cancelled."""
        await measure_lag(self._metrics.loop_lag_s, self._clock.monotonic)

    @contextlib.asynccontextmanager
    async def kept_on(self, ground: Ground, client: Gondola[Any]) -> AsyncIterator[None]:
        """Serve health and metrics, and watch the loop, where the settings ask for it.

        Raises:
            PortUnavailable: if they cannot be served where the settings say.
        """
        async with contextlib.AsyncExitStack() as stack:
            if self._settings.loop_watch:
                stack.enter_context(self._loop_watch().watching())
            if self._settings.http_port:
                app = self._operations(ground, client)
                await stack.enter_async_context(
                    serving(app, host=self._settings.http_host, port=self._settings.http_port)
                )
            yield

    def _loop_watch(self) -> LoopWatch:
        return LoopWatch(
            asyncio.get_running_loop(),
            monotonic=self._clock.monotonic,
            report=reporting_to(self._metrics.loop_blocked_s),
        )

    def _operations(self, ground: Ground, client: Gondola[Any]) -> web.Application:
        catalogue = ground.catalogue
        checks: dict[str, Check] = {
            "gateway": gateway_check(lambda: client.is_online),
            "database": database_check(ground.database),
            "image_api": api_check(self._contact, self._clock, silent_for=None),
        }
        if isinstance(catalogue, Catalogue):
            checks["image_api"] = api_check(self._contact, self._clock, silent_for=SILENT_FOR)
            checks["catalogue"] = catalogue_check(lambda: catalogue.state, self._clock)
        readiness = Readiness(checks)

        async def look() -> tuple[Finding, ...]:
            findings = await readiness.look()
            self._metrics.set_ready((finding.name, finding.passes) for finding in findings)
            return findings

        async def refresh() -> None:
            await look()
            await self._count_workload(ground.database)
            self._metrics.set_tokens(ground.tokens())

        return operations_app(look=look, refresh=refresh, registry=self._metrics.registry)

    async def _count_workload(self, storage: Storage) -> None:
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S), storage.read() as tx:
                workload = await tx.jobs.workload()
        except (StorageError, TimeoutError) as error:
            log.warning("workload_unknown", cause=str(error))
            workload = None
        self._metrics.set_workload(workload, now=self._clock.now())
