"""No key and no signature stands in any log, whatever went wrong, even with frames printed."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.domain.jobs.failure import PaintingError
from bot.venice import BearerKey, Timeouts, VenicePainter, Wallet
from bot.venice.credentials import Credentials
from bot.venice.errors import VeniceError
from sandbox.venice import VeniceStandIn
from sandbox.venice.faults import (
    Answered,
    ClosedUnread,
    ConnectionReset,
    EmptyBody,
    Fault,
    HtmlBody,
    Hung,
    JsonBody,
    Kind,
    Truncated,
    UnknownJson,
)
from tests.venice.factories import (
    SkippingClock,
    kept_nowhere,
    make_client,
    make_recipe,
    make_request,
)
from tests.venice.test_wallet import PRIVATE_KEY

SECRET = "test-key-of-the-operator"

FAULTS: list[Kind] = [
    *(Answered(status, EmptyBody()) for status in (301, 400, 404, 413, 415, 422)),
    *(Answered(status, HtmlBody()) for status in (402, 403, 429, 500, 502, 503, 504)),
    Answered(401, JsonBody({"error": f"no such key: {SECRET}", "issues": [{"message": SECRET}]})),
    Answered(500, JsonBody({"error": f"while checking {SECRET} and {PRIVATE_KEY}"})),
    ClosedUnread(),
    ConnectionReset(),
    Truncated(),
    UnknownJson(),
    Hung(),
]


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, by a logger that prints every frame with its variables."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    frames = structlog.tracebacks.ExceptionDictTransformer(
        show_locals=True, locals_max_string=10_000, locals_max_length=1_000
    )
    structlog.configure(
        processors=[
            structlog.processors.ExceptionRenderer(frames),
            structlog.processors.JSONRenderer(default=repr),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    yield stream
    structlog.reset_defaults()
    logging.getLogger().setLevel(level)
    logging.getLogger().removeHandler(handler)


def arm(stand_in: VeniceStandIn, number: int) -> None:
    """Set up a fault; not where its text would be one of the variables that are logged."""
    stand_in.faults.clear()
    stand_in.faults.add(Fault(FAULTS[number], times=9))


async def suffer(stand_in: VeniceStandIn, clock: SkippingClock, credentials: Credentials) -> None:
    """Meet every fault, and log each error as a careless caller would."""
    log: Any = structlog.get_logger("careless")
    plain = logging.getLogger("careless")
    timeouts = Timeouts(connect_s=1, quiet_s=0.3, total_s=1)
    for number in range(len(FAULTS)):
        arm(stand_in, number)
        async with make_client(
            stand_in.base_url, clock, credentials=credentials, timeouts=timeouts
        ) as client:
            try:
                await client.generate(make_request())
            except VeniceError as error:
                log.exception("failed", client=repr(client), error=repr(error))
                plain.exception("failed")
            painter = VenicePainter(client, kept_nowhere)
            with pytest.raises(PaintingError) as raised:
                await painter.paint(make_recipe(), seed=7, before_send=nothing)
            log.error("failed", failure=repr(raised.value.failure), exc_info=raised.value)
    async with make_client("http://127.0.0.1:9", clock, credentials=credentials) as client:
        try:
            await client.generate(make_request())
        except VeniceError:
            log.exception("failed", client=repr(client))
            plain.exception("failed")


async def nothing() -> None:
    pass


async def test_a_key_is_never_logged(
    stand_in: VeniceStandIn, clock: SkippingClock, logged: io.StringIO
) -> None:
    await suffer(stand_in, clock, BearerKey(SECRET))
    text = logged.getvalue()
    assert SECRET not in text
    assert text.count("venice_call_failed") >= 2 * len(FAULTS)
    assert "venice_retry" in text


async def test_a_wallets_key_and_signatures_are_never_logged(
    stand_in: VeniceStandIn,
    clock: SkippingClock,
    logged: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wallet = Wallet(PRIVATE_KEY, clock=clock)
    signatures: list[str] = []
    sign = wallet.headers

    async def remembered() -> Any:
        headers = await sign()
        signatures.extend(headers.values())
        return headers

    monkeypatch.setattr(wallet, "headers", remembered)
    await suffer(stand_in, clock, wallet)
    text = logged.getvalue()
    assert PRIVATE_KEY.removeprefix("0x") not in text
    assert len(signatures) > len(FAULTS)
    assert not any(signature in text for signature in signatures)
    assert json.dumps(PRIVATE_KEY) not in text
