"""A call: one request through the gates, tried again where that is safe."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.venice.answers import Reader
from bot.venice.body import ByteBudget
from bot.venice.clock import Clock
from bot.venice.errors import VeniceError
from bot.venice.gates import Gates, OpenRequest
from bot.venice.observer import WENT_WELL, CallObserver, NobodyObserves, route_name
from bot.venice.retry import RetryPolicy
from bot.venice.transport import Outgoing, Transport

log = structlog.get_logger(__name__)

BeforeSend = Callable[[], Awaitable[None]]

_Answer = TypeVar("_Answer")


async def nothing() -> None:
    """What is done before sending, where nobody asked for anything."""


class Calls:
    """Makes calls.

    Args:
        transport: sends single tries.
        gates: say when a try may leave.
        budget: counts the memory of tries on their way.
        retry: says when a request is sent again.
        clock: time.
        chance: draws numbers from 0 to 1 for the jitter.
        observer: is told of every try.
    """

    def __init__(
        self,
        transport: Transport,
        gates: Gates,
        *,
        budget: ByteBudget,
        retry: RetryPolicy,
        clock: Clock,
        chance: Callable[[], float],
        observer: CallObserver | None = None,
    ) -> None:
        self._transport = transport
        self._gates = gates
        self._budget = budget
        self._retry = retry
        self._clock = clock
        self._chance = chance
        self._observer = observer or NobodyObserves()

    async def call(
        self, outgoing: Outgoing, read: Reader[_Answer], *, before_send: BeforeSend = nothing
    ) -> _Answer:
        """Send a request, again where that is safe, and read the answer of the try that passed.

        Args:
            outgoing: the request.
            read: reads the answer.
            before_send: awaited once, when the first try has passed the gates.

        Raises:
            VeniceError: as the tree says.
        """
        tries = 0
        started_s = self._clock.monotonic()
        while True:
            async with self._gates.passage(outgoing.lane, images=outgoing.images) as request:
                if tries == 0:
                    started_s = self._clock.monotonic()
                    await before_send()
                tries += 1
                try:
                    return await self._try(outgoing, read, request)
                except VeniceError as error:
                    failure = error
            wait_s = self._retry.wait_s(
                failure,
                tries=tries,
                elapsed_s=self._clock.monotonic() - started_s,
                chance=self._chance(),
                only_reads=outgoing.only_reads,
            )
            if wait_s is None:
                _log(failure, outgoing, tries)
                raise failure
            log.info(
                "venice_retry",
                route=outgoing.route,
                tries=tries,
                wait_s=round(wait_s, 3),
                cause=str(failure),
            )
            await self._clock.sleep(wait_s)

    async def _try(
        self, outgoing: Outgoing, read: Reader[_Answer], request: OpenRequest
    ) -> _Answer:
        started_s = self._clock.monotonic()
        try:
            with self._budget.open_request():
                answer = await self._transport.send(outgoing, read, heard=request.note_head)
        except VeniceError as error:
            request.note_outcome(error)
            self._tell(outgoing, type(error).__name__, started_s)
            raise
        request.note_outcome(None)
        self._tell(outgoing, WENT_WELL, started_s)
        return answer

    def _tell(self, outgoing: Outgoing, outcome: str, started_s: float) -> None:
        duration_s = self._clock.monotonic() - started_s
        self._observer.tried(route_name(outgoing.route), outcome, duration_s)


def _log(failure: VeniceError, outgoing: Outgoing, tries: int) -> None:
    log.warning(
        "venice_call_failed",
        route=outgoing.route,
        model=outgoing.lane,
        tries=tries,
        kind=type(failure).__name__,
        cause=str(failure),
        request_id=failure.request_id,
    )
