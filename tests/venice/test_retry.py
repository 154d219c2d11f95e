"""What is sent again, when, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.venice.errors import (
    AnswerLost,
    AtCapacity,
    AuthenticationFailed,
    CircuitOpen,
    ContentViolation,
    ModelNotFound,
    PaymentRequired,
    RateLimited,
    RequestRejected,
    ServerFault,
    Unreachable,
    VeniceError,
    WrongAddress,
)
from bot.venice.retry import RetryPolicy, is_safe_to_repeat


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (Unreachable(message="no connection"), True),
        (RateLimited(message="wait", status=429), True),
        (AtCapacity(message="full", status=503), True),
        (AtCapacity(message="full", status=429), True),
        (ServerFault(message="broken", status=500), True),
        (ServerFault(message="broken", status=502), True),
        (ServerFault(message="broken", status=504), True),
        (ServerFault(message="not made", status=501), False),
        (ServerFault(message="broken", status=520), False),
        (CircuitOpen(message="full"), False),
        (AnswerLost(message="reset"), False),
        (AnswerLost(message="slow", timed_out=True), False),
        (RequestRejected(message="no", status=400), False),
        (ContentViolation(message="no", status=422), False),
        (ModelNotFound(message="gone", status=404), False),
        (AuthenticationFailed(message="no", status=401), False),
        (PaymentRequired(message="empty", status=402), False),
        (WrongAddress(message="elsewhere", status=301), False),
    ],
)
def test_only_what_did_no_work_is_sent_again(error: VeniceError, again: bool) -> None:
    assert is_safe_to_repeat(error) is again


def test_a_lost_answer_is_asked_for_again_where_asking_changes_nothing() -> None:
    assert is_safe_to_repeat(AnswerLost(message="reset"), only_reads=True)


@pytest.mark.parametrize(
    ("tries", "retry_after_s", "elapsed_s", "chance", "wait_s"),
    [
        (1, None, 0, 1.0, 0.5),
        (2, None, 0, 1.0, 1.0),
        (3, None, 0, 1.0, 2.0),
        (3, None, 0, 0.25, 0.5),
        (1, None, 0, 0.0, 0.0),
        (4, None, 0, 1.0, None),
        (9, None, 0, 1.0, None),
        (1, 7, 0, 0.0, 7),
        (1, 7, 0, 1.0, 7.5),
        (1, 0, 0, 1.0, 0.5),
        (1, 120, 0, 0.0, 120),
        (1, 121, 0, 0.0, None),
        (1, 60, 61, 0.0, None),
        (1, 10**9, 0, 0.0, None),
    ],
)
def test_waits(
    tries: int, retry_after_s: float | None, elapsed_s: float, chance: float, wait_s: float | None
) -> None:
    error = RateLimited(message="wait", status=429, retry_after_s=retry_after_s)
    assert RetryPolicy().wait_s(error, tries=tries, elapsed_s=elapsed_s, chance=chance) == wait_s


def test_no_wait_of_our_own_is_longer_than_the_longest() -> None:
    policy = RetryPolicy(most_tries=99, longest_s=8)
    error = ServerFault(message="broken", status=500)
    assert policy.wait_s(error, tries=50, elapsed_s=0, chance=1.0) == 8


@given(
    tries=st.integers(1, 8),
    retry_after_s=st.none() | st.floats(0, 10_000),
    elapsed_s=st.floats(0, 1_000),
    chance=st.floats(0, 1),
)
def test_a_wait_keeps_every_bound(
    tries: int, retry_after_s: float | None, elapsed_s: float, chance: float
) -> None:
    policy = RetryPolicy()
    error = RateLimited(message="wait", status=429, retry_after_s=retry_after_s)
    wait_s = policy.wait_s(error, tries=tries, elapsed_s=elapsed_s, chance=chance)
    if wait_s is not None:
        assert tries < policy.most_tries
        assert wait_s >= (retry_after_s or 0)
        assert elapsed_s + wait_s <= policy.deadline_s
