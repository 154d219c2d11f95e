"""Statuses and bodies become exact errors."""

import base64
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.venice.errors import (
    AtCapacity,
    AuthenticationFailed,
    ContentViolation,
    MemberMustAct,
    ModelNotFound,
    OperatorMustAct,
    PaymentRequired,
    RateLimited,
    RequestRejected,
    ServerFault,
    TimeMustPass,
    VeniceError,
    WrongAddress,
)
from bot.venice.interpret import error_of
from tests.clock import NOON

NOW_S = NOON.timestamp()
HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"


def read(
    status: int,
    body: object = b"",
    headers: dict[str, str] | None = None,
    *,
    model: str | None = "z-image-turbo",
) -> VeniceError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return error_of(status, CIMultiDict(headers or {}), raw, now_s=NOW_S, model=model)


BODIES = {
    "json": {"error": "It went wrong"},
    "html": HTML,
    "empty": b"",
    "cut": b'{"error": "It wen',
    "a list": [1, 2],
    "another shape": {"outcome": {"pictures": 1}},
    "error is null": {"error": None},
    "error is a number": {"error": 7},
    "not utf-8": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize(
    ("status", "error", "who"),
    [
        (301, WrongAddress, OperatorMustAct),
        (308, WrongAddress, OperatorMustAct),
        (400, RequestRejected, MemberMustAct),
        (401, AuthenticationFailed, OperatorMustAct),
        (402, PaymentRequired, OperatorMustAct),
        (403, AuthenticationFailed, OperatorMustAct),
        (404, ModelNotFound, MemberMustAct),
        (405, RequestRejected, MemberMustAct),
        (413, RequestRejected, MemberMustAct),
        (415, RequestRejected, MemberMustAct),
        (422, ContentViolation, MemberMustAct),
        (429, RateLimited, TimeMustPass),
        (451, RequestRejected, MemberMustAct),
        (500, ServerFault, TimeMustPass),
        (502, ServerFault, TimeMustPass),
        (503, AtCapacity, TimeMustPass),
        (504, ServerFault, TimeMustPass),
        (520, ServerFault, TimeMustPass),
        (599, ServerFault, TimeMustPass),
    ],
)
def test_the_status_decides_whatever_the_body_is(
    status: int, error: type[VeniceError], who: type[VeniceError], kind: str
) -> None:
    found = read(status, BODIES[kind])
    assert type(found) is error
    assert isinstance(found, who)
    assert found.status == status
    assert found.message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "  Model is gone  "}, "Model is gone"),
        ({"error": {"message": "No such size", "code": "invalid_size"}}, "No such size"),
        ({"error": "invalid_payment", "message": "Too old"}, "invalid_payment: Too old"),
        ({"error": "same", "message": "same"}, "same"),
        (HTML, "a page instead of an answer: Bad Request"),
        (b"", "no message: Bad Request"),
        ({"error": "x" * 900}, "x" * 500),
    ],
)
def test_the_message_is_the_apis_own(body: object, message: str) -> None:
    assert read(400, body).message == message


def test_an_unknown_status_has_a_message_too() -> None:
    assert read(599).message == "no message: an unknown status"


@pytest.mark.parametrize(
    ("body", "issues"),
    [
        (
            {"error": "Invalid", "issues": [{"path": ["width"], "message": "Too wide"}]},
            ("width: Too wide",),
        ),
        (
            {"error": "Invalid", "issues": [{"path": ["refs", 0, "image"], "message": "Required"}]},
            ("refs.0.image: Required",),
        ),
        ({"error": "Invalid", "issues": [{"message": "Odd"}, 3]}, ("Odd",)),
        ({"error": "Invalid", "details": "steps must be at most 8"}, ("steps must be at most 8",)),
        (
            {"error": "I", "details": {"_errors": ["No"], "width": {"_errors": ["Too wide"]}}},
            ("No", "width: Too wide"),
        ),
        (
            {"error": "I", "details": {"a": {"b": {"_errors": ["Deep"]}}, "c": 3}},
            ("a.b: Deep",),
        ),
        (
            {
                "error": "I",
                "issues": [{"path": ["width"], "message": "Too wide"}],
                "details": {"width": {"_errors": ["Too wide"]}},
            },
            ("width: Too wide",),
        ),
        ({"error": "Invalid", "issues": "none", "details": 3}, ()),
    ],
)
def test_issues_are_readable_and_said_once(body: object, issues: tuple[str, ...]) -> None:
    assert read(400, body).issues == issues


def test_the_text_of_an_error_says_all_that_is_known() -> None:
    error = read(400, {"error": "Invalid", "issues": [{"path": ["width"], "message": "Too wide"}]})
    assert str(error) == "Invalid: width: Too wide (400)"
    assert str(RateLimited(message="later")) == "later"


def test_an_old_violation_is_a_400_that_says_so() -> None:
    message = "Your prompt violates the content policy of Venice.ai or the model provider"
    assert type(read(400, {"error": message})) is ContentViolation


def test_a_moderated_prompt_is_a_violation_in_openais_shape() -> None:
    error = {"message": "Rejected by the safety system", "code": "moderation_blocked"}
    assert type(read(400, {"error": error})) is ContentViolation
    assert type(read(400, {"error": {**error, "message": "No"}})) is ContentViolation


@pytest.mark.parametrize(
    ("message", "model", "error"),
    [
        ("Your prompt violates the content policy", "firered-image-edit", ContentViolation),
        ("Refused", "firered-image-edit", ContentViolation),
        ("The image could not be decoded", "firered-image-edit", RequestRejected),
        ("Refused", None, RequestRejected),
        ("This breaks our terms of service", None, ContentViolation),
    ],
)
def test_a_422_judges_the_prompt_unless_it_speaks_of_the_medium(
    message: str, model: str | None, error: type[VeniceError]
) -> None:
    assert type(read(422, {"error": message}, model=model)) is error


def test_a_400_that_merely_names_a_field_is_no_violation() -> None:
    body = {"error": "Unrecognized key(s) in object: 'moderation'"}
    assert type(read(400, body)) is RequestRejected


def test_404_without_a_model_is_no_missing_model() -> None:
    assert type(read(404, {"error": "Not Found"}, model=None)) is RequestRejected


def test_a_429_that_speaks_of_the_model_offers_others() -> None:
    assert type(read(429, {"error": "Model is overloaded"})) is AtCapacity
    assert type(read(429, {"error": "The model is at capacity"})) is AtCapacity


def test_the_request_id_stands_in_the_body_or_in_a_header() -> None:
    headers = {"X-Request-ID": "from-header", "CF-RAY": "ray"}
    assert read(400, {"error": "no", "request_id": "from-body"}, headers).request_id == "from-body"
    assert read(400, {"error": "no"}, headers).request_id == "from-header"
    assert read(400, {"error": "no"}, {"CF-RAY": "ray"}).request_id == "ray"
    assert read(400, {"error": "no"}).request_id is None


def test_a_wallets_402_carries_balance_and_steps() -> None:
    accepts = {
        "scheme": "exact",
        "network": "eip155:8453",
        "amount": "5000000",
        "asset": "0xusdc",
        "payTo": "0xreceiver",
        "maxTimeoutSeconds": 300,
    }
    header = base64.b64encode(json.dumps({"accepts": [accepts, "odd"]}).encode()).decode()
    body = {
        "error": "Payment required",
        "code": "PAYMENT_REQUIRED",
        "message": "Insufficient x402 balance",
        "currentBalanceUsd": 0.01,
        "minimumBalanceUsd": 0.1,
        "suggestedTopUpUsd": 10,
        "minimumTopUpUsd": "5",
        "topUpInstructions": {"step1": "Ask", "step2": "Sign", "step3": 3},
    }
    error = read(402, body, {"PAYMENT-REQUIRED": header})
    assert isinstance(error, PaymentRequired)
    assert error.message == "Payment required: Insufficient x402 balance"
    told = error.instructions
    assert told.balance_usd == Decimal("0.01")
    assert told.minimum_balance_usd == Decimal("0.1")
    assert told.suggested_top_up_usd == Decimal(10)
    assert told.minimum_top_up_usd == Decimal(5)
    assert told.steps == ("Ask", "Sign")
    assert [(each.network, each.pay_to) for each in told.accepts] == [("eip155:8453", "0xreceiver")]


@pytest.mark.parametrize("header", ["", "no base64!", base64.b64encode(b"[1]").decode(), "e30="])
def test_a_keys_402_knows_nothing_of_payments(header: str) -> None:
    body = {"error": "Insufficient balance", "currentBalanceUsd": True, "accepts": {"a": 1}}
    error = read(402, body, {"PAYMENT-REQUIRED": header})
    assert isinstance(error, PaymentRequired)
    assert error.instructions.balance_usd is None
    assert error.instructions.accepts == ()


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "much", [], None])
def test_a_balance_that_is_no_amount_is_unknown(amount: object) -> None:
    error = read(402, {"error": "no", "currentBalanceUsd": amount})
    assert isinstance(error, PaymentRequired)
    assert error.instructions.balance_usd is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
known_keys = st.sampled_from(
    ["error", "message", "issues", "details", "code", "request_id", "accepts", "topUpInstructions"]
)


@given(
    status=st.integers(300, 599),
    body=st.binary() | st.dictionaries(known_keys | st.text(), json_values).map(json.dumps),
    headers=st.dictionaries(
        st.sampled_from(["retry-after", "x-ratelimit-reset-requests", "payment-required"]),
        st.text(),
    ),
)
def test_no_answer_is_beyond_reading(
    status: int, body: bytes | str, headers: dict[str, str]
) -> None:
    raw = body if isinstance(body, bytes) else body.encode()
    assert error_of(status, headers, raw, now_s=NOW_S, model="m").status == status
