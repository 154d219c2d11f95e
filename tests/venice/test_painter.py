"""The bot's painter: a recipe becomes a picture, or a failure that a job can keep."""

import asyncio
import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.models.image_model import Quality
from bot.domain.sizing import PixelSize, RatioChoice, TierChoice
from bot.venice import Timeouts, VeniceClient, VenicePainter
from bot.venice.errors import (
    AnswerLost,
    CircuitOpen,
    PaymentRequired,
    RequestRejected,
    VeniceError,
)
from bot.venice.painter import failure_of
from bot.venice.payment import PaymentInstructions
from sandbox.venice import VeniceStandIn
from sandbox.venice.faults import (
    Answered,
    ConnectionReset,
    EmptyBody,
    Fault,
    Hung,
    JsonBody,
    Kind,
    SafetyHeadersMissing,
    Truncated,
    ViolationRefused,
)
from tests.venice.factories import SkippingClock, kept_nowhere, make_client, make_recipe


async def nothing() -> None:
    pass


async def paint(client: VeniceClient, **overrides: Any) -> Painting:
    recipe = make_recipe(**overrides)
    return await VenicePainter(client, kept_nowhere).paint(recipe, seed=7, before_send=nothing)


async def failure(client: VeniceClient, **overrides: Any) -> ImageFailure:
    with pytest.raises(PaintingError) as raised:
        await paint(client, **overrides)
    return raised.value.failure


async def test_a_recipe_becomes_a_picture(client: VeniceClient, tmp_path: Path) -> None:
    painting = await paint(client)
    assert painting.body.content_type == "image/webp"
    assert painting.body.size_bytes > 0
    assert painting.signals.content_violation is False
    assert painting.request_id
    assert painting.enhanced_prompt is None
    data = await painting.body.read()
    target = tmp_path / "picture"
    assert painting.body.write_to(target) == hashlib.sha256(data).hexdigest()
    assert target.read_bytes() == data
    await painting.body.aclose()


@pytest.mark.parametrize(
    ("overrides", "sent"),
    [
        ({"size": PixelSize(64, 32)}, {"width": 64, "height": 32}),
        (
            {"size": RatioChoice("16:9"), "model": "flux-2-pro"},
            {"aspect_ratio": "16:9"},
        ),
        (
            {
                "size": TierChoice("1:1", "1K"),
                "model": "gpt-image-2",
                "quality": Quality.LOW,
                "image_format": "jpeg",
                "safe_mode": False,
            },
            {
                "aspect_ratio": "1:1",
                "resolution": "1K",
                "quality": "low",
                "format": "jpeg",
                "safe_mode": False,
            },
        ),
        (
            {"steps": 8, "guidance": 7.5, "lora_strength": 0, "enhance": True},
            {
                "steps": 8,
                "cfg_scale": 7.5,
                "lora_strength": 0,
                "enhance_prompt": True,
                "width": 128,
                "height": 96,
            },
        ),
        (
            {"model": "nano-banana-pro", "size": TierChoice("1:1", "1K"), "web_search": True},
            {"aspect_ratio": "1:1", "resolution": "1K", "enable_web_search": True},
        ),
        (
            {"style": "Anime", "negative": "blur"},
            {"style_preset": "Anime", "negative_prompt": "blur", "width": 128, "height": 96},
        ),
    ],
)
async def test_only_what_the_recipe_says_is_sent(
    client: VeniceClient,
    stand_in: VeniceStandIn,
    overrides: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    await (await paint(client, **overrides)).body.aclose()
    usual = {
        "model": overrides.get("model", "z-image-turbo"),
        "prompt": "a fox in the snow",
        "safe_mode": True,
        "seed": 7,
        "format": "webp",
        "return_binary": True,
    }
    assert stand_in.requests[-1].body == usual | sent


async def test_a_violation_is_a_painting_whose_signals_say_so(client: VeniceClient) -> None:
    painting = await paint(client, prompt="forbidden things")
    assert painting.signals.content_violation is True
    await painting.body.aclose()


async def test_missing_signals_are_unknown(client: VeniceClient, stand_in: VeniceStandIn) -> None:
    stand_in.faults.add(Fault(SafetyHeadersMissing()))
    painting = await paint(client)
    assert painting.signals.content_violation is None
    assert painting.signals.blurred is None
    await painting.body.aclose()


@pytest.mark.parametrize(
    ("kind", "reason", "billing"),
    [
        (Answered(400, EmptyBody()), FailureReason.REJECTED, Billing.NOT_BILLED),
        (ViolationRefused(), FailureReason.CONTENT_VIOLATION, Billing.NOT_BILLED),
        (Answered(401, EmptyBody()), FailureReason.NOT_CONFIGURED, Billing.NOT_BILLED),
        (Answered(402, EmptyBody()), FailureReason.OUT_OF_FUNDS, Billing.NOT_BILLED),
        (Answered(404, EmptyBody()), FailureReason.MODEL_GONE, Billing.NOT_BILLED),
        (Answered(413, EmptyBody()), FailureReason.REJECTED, Billing.NOT_BILLED),
        (Answered(422, EmptyBody()), FailureReason.CONTENT_VIOLATION, Billing.NOT_BILLED),
        (Answered(429, EmptyBody()), FailureReason.RATE_LIMITED, Billing.NOT_BILLED),
        (Answered(500, EmptyBody()), FailureReason.UNREACHABLE, Billing.NOT_BILLED),
        (Answered(503, EmptyBody()), FailureReason.AT_CAPACITY, Billing.NOT_BILLED),
        (ConnectionReset(), FailureReason.UNREACHABLE, Billing.MAYBE_BILLED),
        (Truncated(), FailureReason.UNREACHABLE, Billing.MAYBE_BILLED),
        (Hung(), FailureReason.TIMED_OUT, Billing.MAYBE_BILLED),
    ],
)
async def test_failures_say_who_must_act_and_whether_it_may_have_cost(
    stand_in: VeniceStandIn,
    clock: SkippingClock,
    kind: Kind,
    reason: FailureReason,
    billing: Billing,
) -> None:
    stand_in.faults.add(Fault(kind, times=4))
    timeouts = Timeouts(connect_s=1, quiet_s=0.4, total_s=1)
    async with make_client(stand_in.base_url, clock, timeouts=timeouts) as client:
        failed = await failure(client)
    assert (failed.reason, failed.billing) == (reason, billing)
    assert failed.detail


def leaves(kind: type[VeniceError]) -> set[type[VeniceError]]:
    below: set[type[VeniceError]] = set()
    for subclass in kind.__subclasses__():
        below |= {subclass} | leaves(subclass)
    return {each for each in below if each.__name__ not in {"MemberMustAct", "OperatorMustAct"}}


LEAVES: list[type[VeniceError]] = sorted(leaves(VeniceError), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", LEAVES)
def test_every_error_of_the_tree_has_a_reason(kind: type[VeniceError]) -> None:
    failed = failure_of(kind(message="so it is", request_id="r-1"))
    assert isinstance(failed.reason, FailureReason)
    assert failed.detail == "so it is"
    assert failed.request_id == "r-1"
    maybe = issubclass(kind, AnswerLost)
    assert failed.billing is (Billing.MAYBE_BILLED if maybe else Billing.NOT_BILLED)


def test_the_detail_names_the_fields_and_the_other_models() -> None:
    rejected = RequestRejected(message="Invalid", issues=("width: Too wide", "steps: Too many"))
    assert failure_of(rejected).detail == "Invalid: width: Too wide; steps: Too many"
    full = CircuitOpen(message="m has no room", alternatives=("a", "b"))
    assert failure_of(full).detail == "m has no room; others: a, b"


async def test_the_apis_own_message_is_the_detail(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    body = JsonBody({"error": "Too bright", "request_id": "r-9"})
    stand_in.faults.add(Fault(Answered(400, body)))
    failed = await failure(client)
    assert (failed.detail, failed.request_id) == ("Too bright", "r-9")


async def test_a_recipe_that_no_request_can_hold_is_rejected_unsent(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    failed = await failure(client, prompt="x" * 8_000)
    assert failed.reason is FailureReason.REJECTED
    assert failed.billing is Billing.NOT_BILLED
    assert failed.detail
    assert failed.detail.startswith("prompt: ")
    assert stand_in.requests == []


async def test_being_cancelled_is_no_failure(client: VeniceClient, stand_in: VeniceStandIn) -> None:
    stand_in.faults.add(Fault(Hung()))
    task = asyncio.create_task(paint(client))
    await stand_in.wait_for_requests(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_an_empty_wallet_says_what_is_left_and_how_to_add_to_it() -> None:
    instructions = PaymentInstructions(
        balance_usd=Decimal("0.05"),
        minimum_balance_usd=Decimal("0.10"),
        steps=("Sign a payment", "Send it to /x402/top-up"),
    )
    failure = failure_of(PaymentRequired(message="Payment required", instructions=instructions))

    assert failure.reason is FailureReason.OUT_OF_FUNDS
    assert failure.detail is not None
    assert failure.detail.endswith(
        "$0.05 left; a request needs $0.10; 1. Sign a payment; 2. Send it to /x402/top-up"
    )
