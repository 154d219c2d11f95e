import asyncio

import aiohttp
import pytest

from sandbox.venice import VeniceStandIn
from sandbox.venice.faults import (
    Answered,
    ClosedUnread,
    ConnectionReset,
    DeprecationHeaders,
    EmptyBody,
    Fault,
    Held,
    HtmlBody,
    Hung,
    JsonBody,
    Judged,
    Kind,
    RateLimited,
    ResetUnit,
    SafetyHeadersMissing,
    SlowBody,
    SlowHeaders,
    Truncated,
    UnknownJson,
    ViolationRefused,
    WrongContentType,
)
from sandbox.venice.safety import Verdict
from tests.sandbox.caller import KEY, Answer, Caller, make_generation

GENERATE = "/image/generate"


def add(caller: Caller, kind: Kind, *, times: int = 1) -> None:
    caller.stand_in.faults.add(Fault(kind, route=GENERATE, times=times))


async def generate_impatiently(stand_in: VeniceStandIn, *, total_s: float) -> Answer:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=total_s)) as session,
        session.post(
            stand_in.base_url + GENERATE,
            json=make_generation(),
            headers={"Authorization": f"Bearer {KEY}"},
        ) as response,
    ):
        return Answer(response.status, response.headers, await response.read())


async def test_an_error_can_be_json(caller: Caller) -> None:
    add(caller, Answered(503, JsonBody({"error": "at capacity"})))
    answer = await caller.generate()
    assert (answer.status, answer.json()) == (503, {"error": "at capacity"})


async def test_an_error_can_be_a_page(caller: Caller) -> None:
    add(caller, Answered(502, HtmlBody("<html>Bad Gateway</html>")))
    answer = await caller.generate()
    assert (answer.status, answer.content) == (502, b"<html>Bad Gateway</html>")
    assert answer.headers["Content-Type"].startswith("text/html")


async def test_an_error_can_be_empty(caller: Caller) -> None:
    add(caller, Answered(500, EmptyBody()))
    answer = await caller.generate()
    assert (answer.status, answer.content) == (500, b"")


async def test_any_header_goes_with_an_answer(caller: Caller) -> None:
    add(caller, Answered(429, EmptyBody(), headers={"Retry-After": "3"}))
    assert (await caller.generate()).headers["Retry-After"] == "3"


@pytest.mark.parametrize(
    ("unit", "digits"), [(ResetUnit.SECONDS, 10), (ResetUnit.MILLISECONDS, 13)]
)
async def test_the_reset_of_a_429_is_told_in_either_unit(
    caller: Caller, unit: ResetUnit, digits: int
) -> None:
    add(caller, RateLimited(resets_in_s=30, unit=unit))
    answer = await caller.generate()
    assert answer.status == 429
    assert len(answer.headers["x-ratelimit-reset-requests"]) == digits
    assert "Retry-After" not in answer.headers


async def test_a_429_can_name_only_retry_after(caller: Caller) -> None:
    add(caller, RateLimited(retry_after_s=2))
    answer = await caller.generate()
    assert answer.headers["Retry-After"] == "2"
    assert "x-ratelimit-reset-requests" not in answer.headers


async def test_an_older_deployment_refuses_a_violation_with_400(caller: Caller) -> None:
    add(caller, ViolationRefused())
    answer = await caller.generate()
    assert answer.status == 400
    assert "content policy" in str(answer.json()["error"])


async def test_unknown_json_is_a_success_of_no_known_shape(caller: Caller) -> None:
    add(caller, UnknownJson())
    answer = await caller.generate()
    assert answer.status == 200
    assert "images" not in answer.json()


async def test_a_body_cut_in_the_middle_is_shorter_than_its_content_length(caller: Caller) -> None:
    add(caller, Truncated(part=0.25))
    with pytest.raises(aiohttp.ClientPayloadError):
        await caller.generate()
    assert caller.stand_in.requests[-1].billed


@pytest.mark.parametrize("billed", [False, True])
async def test_a_reset_comes_after_the_body_was_read_billed_or_not(
    caller: Caller, *, billed: bool
) -> None:
    add(caller, ConnectionReset(billed=billed))
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.generate()
    record = caller.stand_in.requests[-1]
    assert (record.prompt, record.status, record.billed) == ("a fox in the snow", None, billed)


async def test_a_connection_can_close_before_the_body_is_read(caller: Caller) -> None:
    add(caller, ClosedUnread())
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.generate()
    record = caller.stand_in.requests[-1]
    assert (record.prompt, record.status, record.fault) == (None, None, "ClosedUnread")


async def test_slow_headers_outlast_an_impatient_caller(stand_in: VeniceStandIn) -> None:
    stand_in.faults.add(Fault(SlowHeaders(delay_s=5)))
    with pytest.raises(TimeoutError):
        await generate_impatiently(stand_in, total_s=0.05)


async def test_a_slow_body_outlasts_an_impatient_caller(stand_in: VeniceStandIn) -> None:
    stand_in.faults.add(Fault(SlowBody(chunk_bytes=16, pause_s=1)))
    with pytest.raises(TimeoutError):
        await generate_impatiently(stand_in, total_s=0.2)


async def test_a_slow_body_arrives_whole(caller: Caller) -> None:
    usual = await caller.generate()
    add(caller, SlowBody(chunk_bytes=400, pause_s=0.001))
    assert (await caller.generate()).content == usual.content


async def test_a_hung_request_is_never_answered(stand_in: VeniceStandIn) -> None:
    stand_in.faults.add(Fault(Hung()))
    with pytest.raises(TimeoutError):
        await generate_impatiently(stand_in, total_s=0.05)
    assert stand_in.requests[-1].status is None


async def test_a_held_request_is_answered_once_it_is_released(caller: Caller) -> None:
    release = asyncio.Event()
    add(caller, Held(release))
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(caller.generate())
        await caller.stand_in.wait_for_requests(1, route=GENERATE)
        assert not answer.done()
        release.set()
    assert answer.result().status == 200


async def test_a_judged_violation_is_black_and_free_whatever_the_prompt(caller: Caller) -> None:
    add(caller, Judged(Verdict.VIOLATION))
    answer = await caller.generate(format="png")
    assert answer.headers["x-venice-is-content-violation"] == "true"
    assert answer.picture().convert("RGB").getextrema() == ((0, 0), (0, 0), (0, 0))
    assert not caller.stand_in.requests[-1].billed


async def test_a_wrong_content_type_leaves_the_bytes_alone(caller: Caller) -> None:
    usual = await caller.generate()
    add(caller, WrongContentType("text/plain"))
    answer = await caller.generate()
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.content == usual.content


async def test_safety_headers_can_be_missing(caller: Caller) -> None:
    add(caller, SafetyHeadersMissing())
    answer = await caller.generate()
    assert answer.status == 200
    assert not [name for name in answer.headers if name.lower().startswith("x-venice-is")]


async def test_deprecation_headers_can_come_with_any_answer(caller: Caller) -> None:
    add(caller, DeprecationHeaders(replacement="chroma"))
    answer = await caller.generate()
    assert answer.headers["x-venice-deprecated"] == "true"
    assert answer.headers["x-venice-deprecated-replacement"] == "chroma"


async def test_a_fault_is_played_as_often_as_it_says(caller: Caller) -> None:
    add(caller, Answered(503), times=2)
    assert [(await caller.generate()).status for _ in range(3)] == [503, 503, 200]
    assert caller.stand_in.faults.waiting == ()


async def test_faults_are_played_in_the_order_they_were_added(caller: Caller) -> None:
    add(caller, Answered(502))
    add(caller, Answered(504))
    assert [(await caller.generate()).status for _ in range(2)] == [502, 504]


async def test_a_fault_waits_for_the_request_it_names(caller: Caller) -> None:
    caller.stand_in.faults.add(Fault(Answered(503), route=GENERATE, model="chroma", seed=2))
    assert (await caller.generate(model="chroma", seed=1)).status == 200
    assert (await caller.generate(model="z-image-turbo", seed=2)).status == 200
    assert (await caller.get("/models?type=all")).status == 200
    assert (await caller.generate(model="chroma", seed=2)).status == 503


async def test_cleared_faults_are_forgotten(caller: Caller) -> None:
    add(caller, Answered(503), times=9)
    caller.stand_in.faults.clear()
    assert (await caller.generate()).status == 200


def test_a_body_that_is_not_read_cannot_be_matched() -> None:
    with pytest.raises(ValueError, match="matched"):
        Fault(ClosedUnread(), model="chroma")
