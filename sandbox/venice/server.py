"""The stand-in as a server on loopback."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.venice.catalogue import load_catalogue
from sandbox.venice.credentials import Credentials
from sandbox.venice.faults import Faults
from sandbox.venice.journal import Journal, ReceivedRequest
from sandbox.venice.options import StandInOptions
from sandbox.venice.rate_limit import ErrorBudget, RateLimiter
from sandbox.venice.reception import MAX_BODY_BYTES
from sandbox.venice.routes import (
    account,
    edits,
    generate,
    generations,
    listing,
    retouching,
    wallets,
)
from sandbox.venice.service import WebHandler, answer, errors_as_json
from sandbox.venice.visit import Backend, Clock, Handler

PREFIX = "/api/v1"
SHUTDOWN_TIMEOUT_S = 0.2

ROUTES: Mapping[tuple[str, str], Handler] = {
    ("POST", "/image/generate"): generate.generate,
    ("POST", "/image/generations"): generations.generations,
    ("POST", "/images/generations"): generations.generations,
    ("POST", "/image/edit"): edits.edit,
    ("POST", "/image/multi-edit"): edits.multi_edit,
    ("POST", "/image/upscale"): retouching.upscale,
    ("POST", "/image/background-remove"): retouching.remove_background,
    ("GET", "/image/styles"): listing.list_styles,
    ("GET", "/models"): listing.list_models,
    ("GET", "/models/traits"): listing.list_traits,
    ("GET", "/models/compatibility_mapping"): listing.list_compatibility,
    ("GET", "/api_keys/rate_limits"): account.rate_limits,
    ("GET", "/billing/balance"): account.balance,
    ("GET", "/x402/balance/{wallet}"): wallets.wallet_balance,
    ("GET", "/x402/transactions/{wallet}"): wallets.wallet_transactions,
    ("POST", "/x402/top-up"): wallets.top_up,
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class VeniceStandIn:
    """A stand-in that listens while it is entered.

    Example:
        async with VeniceStandIn(StandInOptions(delay_s=1)) as stand_in:
            client = make_client(base_url=stand_in.base_url)
    """

    def __init__(
        self,
        options: StandInOptions | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock = _utc_now,
    ) -> None:
        options = options or StandInOptions()
        self._host = host
        self._port = port
        self._backend = Backend(
            options=options,
            catalogue=load_catalogue(),
            credentials=Credentials(options),
            limiter=RateLimiter(images_per_minute=options.images_per_minute),
            error_budget=ErrorBudget(errors_per_30_s=options.errors_per_30_s),
            faults=Faults(),
            journal=Journal(),
            clock=clock,
            delay_s=options.delay_s,
        )
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """Where it listens, as a client's base URL."""
        return f"http://{self._host}:{self._port}{PREFIX}"

    @property
    def faults(self) -> Faults:
        """What is to go wrong; see `sandbox.venice.faults`."""
        return self._backend.faults

    @property
    def delay_s(self) -> float:
        """How long painting takes on top of drawing, in seconds; may be set while it runs."""
        return self._backend.delay_s

    @delay_s.setter
    def delay_s(self, delay_s: float) -> None:
        self._backend.delay_s = delay_s

    @property
    def balance_usd_micros(self) -> int:
        """What is left behind the API keys, in micro-dollars."""
        return self._backend.credentials.key_account.balance_usd_micros

    async def wait_for_requests(
        self, count: int, *, route: str | None = None, answered: bool = False
    ) -> list[ReceivedRequest]:
        """Waits until that many requests came in (on that route), or were answered.

        The caller sets the timeout.
        """
        return await self._backend.journal.wait_for(count, route=route, answered=answered)

    @property
    def requests(self) -> list[ReceivedRequest]:
        """What it received, oldest first."""
        return self._backend.journal.requests

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[errors_as_json])
        for (method, path), handler in ROUTES.items():
            app.router.add_route(method, PREFIX + path, self._serving(handler))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    def _serving(self, handler: Handler) -> WebHandler:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await answer(request, handler, self._backend, prefix=PREFIX)

        return serve

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
