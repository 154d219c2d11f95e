"""What headers say, in every unit they were seen in."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.domain.gate.policy import SafetySignals
from bot.venice import headers as headers_of
from bot.venice.headers import LONGEST_RESET_S, ModelDeprecation, RateLimits
from tests.clock import NOON

NOW_S = NOON.timestamp()


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "2.5"}, 2.5),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "-3"}, 0),
        ({"Retry-After": "Mon, 04 May 2026 12:00:30 GMT"}, 30),
        ({"Retry-After": "Mon, 04 May 2026 11:59:00 GMT"}, 0),
        ({"Retry-After": "Mon, 04 May 2026 12:00:30 -0000"}, 30),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "inf"}, None),
        ({"x-ratelimit-reset-requests": str(NOW_S + 12)}, 12),
        ({"x-ratelimit-reset-requests": str(int(NOW_S + 12))}, 12),
        ({"x-ratelimit-reset-requests": str(int((NOW_S + 12) * 1_000))}, 12),
        ({"x-ratelimit-reset-requests": str(NOW_S - 12)}, 0),
        ({"x-ratelimit-reset-requests": "later"}, None),
        # The machine's clock is two hours behind.
        ({"x-ratelimit-reset-requests": str(NOW_S + 7_200 + 12)}, LONGEST_RESET_S),
        (
            {"x-ratelimit-reset-requests": str(NOW_S + 12), "x-ratelimit-remaining-requests": "0"},
            12,
        ),
        (
            {"x-ratelimit-reset-requests": str(NOW_S + 12), "x-ratelimit-remaining-requests": "3"},
            None,
        ),
        ({"Retry-After": "5", "x-ratelimit-reset-requests": str(NOW_S + 12)}, 5),
        ({"Retry-After": "Wed, 21 Oct 99999999999999999999 07:28:00 GMT"}, None),
        ({"Retry-After": "Mon, 01 Jan 0001 00:00:00 +2359"}, 0),
        ({"Retry-After": "soon", "x-ratelimit-reset-requests": str(NOW_S + 12)}, 12),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], wait_s: float | None) -> None:
    assert headers_of.retry_after_s(CIMultiDict(headers), now_s=NOW_S) == wait_s


@pytest.mark.parametrize(
    ("headers", "limits"),
    [
        ({}, RateLimits()),
        (
            {
                "X-RateLimit-Limit-Requests": "60",
                "X-RateLimit-Remaining-Requests": "59",
                "X-RateLimit-Reset-Requests": str(NOW_S + 30),
            },
            RateLimits(60, 59, 30),
        ),
        ({"X-RateLimit-Limit-Requests": "0"}, RateLimits()),
        ({"X-RateLimit-Remaining-Requests": "-1"}, RateLimits()),
        ({"X-RateLimit-Limit-Requests": "many"}, RateLimits()),
    ],
)
def test_limits_are_learned_where_they_make_sense(
    headers: dict[str, str], limits: RateLimits
) -> None:
    assert headers_of.rate_limits(CIMultiDict(headers), now_s=NOW_S) == limits


@pytest.mark.parametrize(
    ("headers", "signals"),
    [
        ({}, SafetySignals(None, None)),
        ({"x-venice-is-blurred": "true"}, SafetySignals(blurred=True)),
        ({"x-venice-is-blurred": "False"}, SafetySignals(blurred=False)),
        ({"x-venice-is-content-violation": " TRUE "}, SafetySignals(content_violation=True)),
    ],
)
def test_safety_is_only_what_was_said(headers: dict[str, str], signals: SafetySignals) -> None:
    assert headers_of.safety_signals(CIMultiDict(headers)) == signals


@pytest.mark.parametrize(
    ("headers", "warning"),
    [
        ({}, None),
        ({"x-venice-deprecated": "false"}, None),
        ({"x-venice-deprecated": "true"}, ModelDeprecation("", None, None)),
        (
            {
                "x-venice-model-deprecation-warning": "It goes",
                "x-venice-model-deprecation-date": "2031-03-01",
                "x-venice-deprecated-replacement": "lustify-v8",
            },
            ModelDeprecation("It goes", "2031-03-01", "lustify-v8"),
        ),
    ],
)
def test_a_model_that_goes_is_announced(
    headers: dict[str, str], warning: ModelDeprecation | None
) -> None:
    assert headers_of.deprecation(CIMultiDict(headers)) == warning


def test_the_enhanced_prompt_is_decoded() -> None:
    headers = {"x-venice-enhanced-prompt": "a%20fox%2C%20f%C3%BChrend"}
    assert headers_of.enhanced_prompt(headers) == "a fox, führend"
    assert headers_of.enhanced_prompt({}) is None


@pytest.mark.parametrize(
    ("text", "balance"), [("4.990000", Decimal("4.99")), ("", None), ("lots", None), ("NaN", None)]
)
def test_a_wallets_balance_is_read(text: str, balance: Decimal | None) -> None:
    assert headers_of.balance_usd({"x-balance-remaining": text}) == balance


@given(after=st.text(), reset=st.text() | st.floats().map(str), remaining=st.text())
def test_a_wait_is_never_negative_nor_endless(after: str, reset: str, remaining: str) -> None:
    headers = {
        "retry-after": after,
        "x-ratelimit-reset-requests": reset,
        "x-ratelimit-remaining-requests": remaining,
    }
    wait_s = headers_of.retry_after_s(headers, now_s=NOW_S)
    assert wait_s is None or (wait_s >= 0 and math.isfinite(wait_s))
