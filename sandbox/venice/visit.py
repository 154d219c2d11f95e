"""One request on its way through the stand-in, and what every visit shares."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from sandbox.venice.accounts import Account
from sandbox.venice.catalogue import Catalogue
from sandbox.venice.credentials import Credentials
from sandbox.venice.faults import Faults
from sandbox.venice.journal import Journal
from sandbox.venice.misbehaviour import Pause
from sandbox.venice.options import StandInOptions
from sandbox.venice.rate_limit import ErrorBudget, RateLimiter
from sandbox.venice.reception import Reception
from sandbox.venice.safety import Verdict, judge

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Backend:
    """What every visit shares.

    Attributes:
        options: how the stand-in was told to behave.
        catalogue: what it offers.
        credentials: who may come in.
        limiter: images a minute.
        error_budget: the lock on those who only err.
        faults: what is to go wrong.
        journal: what was received.
        clock: the time, in UTC.
        delay_s: how long painting takes on top of drawing; may change while it runs.
    """

    options: StandInOptions
    catalogue: Catalogue
    credentials: Credentials
    limiter: RateLimiter
    error_budget: ErrorBudget
    faults: Faults
    journal: Journal
    clock: Clock
    delay_s: float


@dataclass(frozen=True, slots=True)
class Visit:
    """One request.

    Attributes:
        request: as aiohttp gives it; its body is in `reception`.
        reception: the body.
        number: its number in the journal.
        request_id: the id that the answer carries.
        backend: what every visit shares.
        pause: the wait that a fault wants, if any.
        verdict: what a fault wants its prompt judged as, if any.
    """

    request: web.Request
    reception: Reception
    number: int
    request_id: str
    backend: Backend
    pause: Pause
    verdict: Verdict | None = None

    def judge(self, prompt: str) -> Verdict:
        """What the prompt asks for, or what a fault says it does."""
        return self.verdict or judge(prompt)

    def charge(self, account: Account, usd_micros: int, *, model_id: str) -> None:
        """Takes the price from the payer and notes it."""
        account.charge(
            usd_micros, at=self.backend.clock(), request_id=self.request_id, model_id=model_id
        )
        self.backend.journal.note_charge(self.number, usd_micros)


Handler = Callable[[Visit], Awaitable[web.Response]]
