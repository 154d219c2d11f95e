"""Every fault at every stage: the right error, the right number of tries, nothing paid twice."""

import asyncio
import re
import socket
from dataclasses import dataclass

import pytest

from bot.venice import BearerKey, Limits, Timeouts, UpscaleImageRequest, VeniceClient
from bot.venice.errors import (
    AnswerLost,
    AtCapacity,
    AuthenticationFailed,
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
from sandbox.venice import StandInOptions, VeniceStandIn
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
    ResetUnit,
    SlowBody,
    SlowHeaders,
    Truncated,
    UnknownJson,
    ViolationRefused,
    WrongContentType,
)
from sandbox.venice.faults import (
    RateLimited as Limited,
)
from tests.venice.factories import SkippingClock, make_client, make_picture, make_request
from tests.venice.raw_server import Visit, answer, raw_server

GENERATE = "/image/generate"
IMPATIENT = Timeouts(connect_s=1, quiet_s=0.4, total_s=1)
PATIENT = Timeouts(connect_s=30, quiet_s=30, total_s=60)

BODIES: dict[str, JsonBody | HtmlBody | EmptyBody] = {
    "json": JsonBody({"error": "It went wrong"}),
    "html": HtmlBody(),
    "empty": EmptyBody(),
    "odd json": JsonBody([1, 2, 3]),
}


async def failure(client: VeniceClient) -> VeniceError:
    with pytest.raises(VeniceError) as raised:
        await client.generate(make_request())
    return raised.value


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    ("status", "error", "tries"),
    [
        (301, WrongAddress, 1),
        (400, RequestRejected, 1),
        (401, AuthenticationFailed, 1),
        (402, PaymentRequired, 1),
        (403, AuthenticationFailed, 1),
        (404, ModelNotFound, 1),
        (413, RequestRejected, 1),
        (415, RequestRejected, 1),
        (422, ContentViolation, 1),
        (429, RateLimited, 4),
        (500, ServerFault, 4),
        (501, ServerFault, 1),
        (502, ServerFault, 4),
        (503, AtCapacity, 4),
        (504, ServerFault, 4),
    ],
)
async def test_statuses(
    client: VeniceClient,
    stand_in: VeniceStandIn,
    status: int,
    error: type[VeniceError],
    tries: int,
    body: str,
) -> None:
    stand_in.faults.add(Fault(Answered(status, BODIES[body]), route=GENERATE, times=9))
    raised = await failure(client)
    assert type(raised) is error
    assert raised.status == status
    assert raised.request_id
    assert len(stand_in.requests) == tries


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_what_passes_is_not_an_error(
    client: VeniceClient, stand_in: VeniceStandIn, clock: SkippingClock, status: int
) -> None:
    stand_in.faults.add(Fault(Answered(status, HtmlBody()), route=GENERATE, times=3))
    picture = await client.generate(make_request())
    await picture.body.aclose()
    assert clock.waits_s == [0.25, 0.5, 1.0]
    assert [request.billed for request in stand_in.requests] == [False, False, False, True]


async def test_an_old_violation_is_not_sent_again(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(ViolationRefused(), route=GENERATE))
    assert type(await failure(client)) is ContentViolation
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize("unit", ResetUnit)
async def test_a_429_is_waited_for_in_either_unit(
    client: VeniceClient, stand_in: VeniceStandIn, clock: SkippingClock, unit: ResetUnit
) -> None:
    stand_in.faults.add(Fault(Limited(resets_in_s=30, unit=unit), route=GENERATE))
    picture = await client.generate(make_request())
    await picture.body.aclose()
    assert sum(clock.waits_s) == pytest.approx(30.25)


async def test_a_429_asks_by_retry_after(
    client: VeniceClient, stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    stand_in.faults.add(Fault(Limited(retry_after_s=7), route=GENERATE, times=2))
    picture = await client.generate(make_request())
    await picture.body.aclose()
    assert sum(clock.waits_s) == pytest.approx(14 + 0.25 + 0.5)


async def test_a_wait_beyond_the_deadline_is_not_begun(
    client: VeniceClient, stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    stand_in.faults.add(Fault(Limited(retry_after_s=121), route=GENERATE))
    raised = await failure(client)
    assert isinstance(raised, RateLimited)
    assert raised.retry_after_s == 121
    assert clock.waits_s == []


@dataclass(frozen=True)
class Stage:
    """A fault after the body was sent, and whether the caller was charged."""

    kind: Kind
    billed: bool
    timed_out: bool = False


STAGES = {
    "closed unread": Stage(ClosedUnread(), billed=False),
    "reset before painting": Stage(ConnectionReset(billed=False), billed=False),
    "reset after painting": Stage(ConnectionReset(billed=True), billed=True),
    "body cut at once": Stage(Truncated(part=0.0), billed=True),
    "body cut in the middle": Stage(Truncated(part=0.5), billed=True),
    "body cut before the end": Stage(Truncated(part=0.99), billed=True),
    "hang": Stage(Hung(), billed=False, timed_out=True),
    "headers too slow": Stage(SlowHeaders(delay_s=3), billed=True, timed_out=True),
    "body too slow": Stage(SlowBody(chunk_bytes=256, pause_s=0.6), billed=True, timed_out=True),
    "no known json": Stage(UnknownJson(), billed=False),
    "an empty success": Stage(Answered(200, EmptyBody()), billed=False),
    "a page as success": Stage(Answered(200, HtmlBody()), billed=False),
}


@pytest.mark.parametrize("stage", STAGES)
async def test_what_may_have_been_billed_is_never_sent_twice(
    stand_in: VeniceStandIn, clock: SkippingClock, stage: str
) -> None:
    fault = STAGES[stage]
    timeouts = IMPATIENT if fault.timed_out else PATIENT
    stand_in.faults.add(Fault(fault.kind, route=GENERATE))
    async with make_client(stand_in.base_url, clock, timeouts=timeouts) as client:
        raised = await failure(client)
    assert isinstance(raised, AnswerLost)
    assert raised.timed_out is fault.timed_out
    assert len(stand_in.requests) == 1
    if not fault.timed_out:
        assert stand_in.requests[0].billed is fault.billed


@pytest.mark.parametrize("kind", [SlowHeaders(delay_s=0.2), WrongContentType("text/html")])
async def test_what_is_only_odd_is_no_failure(
    client: VeniceClient, stand_in: VeniceStandIn, kind: Kind
) -> None:
    stand_in.faults.add(Fault(kind, route=GENERATE))
    picture = await client.generate(make_request())
    assert picture.body.content_type == "image/webp"
    await picture.body.aclose()
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize(
    "kind",
    [
        ClosedUnread(),
        ConnectionReset(),
        Truncated(part=0.5),
        Answered(200, HtmlBody()),
        UnknownJson(),
    ],
)
async def test_a_list_is_asked_for_again_because_it_costs_nothing(
    client: VeniceClient, stand_in: VeniceStandIn, kind: Kind
) -> None:
    stand_in.faults.add(Fault(kind, route="/image/styles"))
    assert await client.styles()


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def test_a_refused_connection_is_tried_four_times(clock: SkippingClock) -> None:
    async with make_client(f"http://127.0.0.1:{closed_port()}/api/v1", clock) as client:
        raised = await failure(client)
    assert isinstance(raised, Unreachable)
    assert len(clock.waits_s) == 3


async def test_a_name_that_does_not_resolve_is_unreachable(clock: SkippingClock) -> None:
    async with make_client("http://nowhere.invalid/api/v1", clock) as client:
        assert isinstance(await failure(client), Unreachable)


async def test_a_body_that_did_not_leave_whole_is_sent_again(clock: SkippingClock) -> None:
    async def reset_early(visit: Visit) -> None:
        await visit.read_head()
        visit.reset()

    async with (
        raw_server(reset_early) as server,
        make_client(server.url, clock) as client,
    ):
        request = UpscaleImageRequest(image=make_picture() + bytes(20 * 1024 * 1024))
        with pytest.raises(Unreachable):
            await client.upscale(request)
    assert len(server.visits) == 4
    assert server.whole_requests == 0


async def test_a_small_body_left_whole_even_if_nobody_read_it(clock: SkippingClock) -> None:
    async def reset_early(visit: Visit) -> None:
        await visit.read_head()
        visit.reset()

    async with (
        raw_server(reset_early) as server,
        make_client(server.url, clock) as client,
    ):
        assert isinstance(await failure(client), AnswerLost)
    assert len(server.visits) == 1


async def test_a_large_body_arrives_as_it_was(clock: SkippingClock) -> None:
    picture = make_picture() + bytes(range(256)) * 20_000
    async with (
        raw_server(answer(make_picture())) as server,
        make_client(server.url, clock) as client,
    ):
        await (await client.upscale(UpscaleImageRequest(image=picture))).body.aclose()
    assert picture in server.visits[0].body


async def test_a_head_that_is_no_http_is_a_lost_answer(clock: SkippingClock) -> None:
    async def babble(visit: Visit) -> None:
        await visit.read_whole()
        await visit.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")

    async with (
        raw_server(babble) as server,
        make_client(server.url, clock) as client,
    ):
        assert isinstance(await failure(client), AnswerLost)
    assert len(server.visits) == 1


async def test_a_violation_without_a_picture_is_one_all_the_same(clock: SkippingClock) -> None:
    headers = "x-venice-is-content-violation: true\r\n"
    async with (
        raw_server(answer(b"", headers=headers)) as server,
        make_client(server.url, clock) as client,
    ):
        assert isinstance(await failure(client), ContentViolation)


async def test_an_error_whose_body_is_cut_is_told_by_its_status(clock: SkippingClock) -> None:
    async def cut(visit: Visit) -> None:
        await visit.read_whole()
        await visit.send(b'HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n{"error"')

    async with (
        raw_server(cut) as server,
        make_client(server.url, clock) as client,
    ):
        raised = await failure(client)
    assert isinstance(raised, RequestRejected)
    assert raised.message == "no message: Bad Request"


async def test_of_an_endless_error_only_the_beginning_is_read(clock: SkippingClock) -> None:
    async def endless(visit: Visit) -> None:
        await visit.read_whole()
        await visit.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        while True:
            await visit.send(bytes(65_536))

    async with (
        asyncio.timeout(60),
        raw_server(endless) as server,
        make_client(server.url, clock) as client,
    ):
        assert isinstance(await failure(client), RequestRejected)


async def test_credentials_are_not_carried_to_another_address(clock: SkippingClock) -> None:
    async with raw_server(answer(b"")) as elsewhere:
        redirect = answer(
            b"", status="307 Temporary Redirect", headers=f"Location: {elsewhere.url}\r\n"
        )
        async with raw_server(redirect) as server, make_client(server.url, clock) as client:
            assert isinstance(await failure(client), WrongAddress)
        assert elsewhere.visits == []


async def test_base64_that_is_none_is_a_lost_answer(clock: SkippingClock) -> None:
    timing = (
        '{"inferenceDuration":1,"inferencePreprocessingTime":1,"inferenceQueueTime":1,"total":3}'
    )
    good = "iVBORw0KGgo="
    body = f'{{"id":"x","images":["{good}","not base64!"],"timing":{timing}}}'.encode()
    async with (
        raw_server(answer(body, content_type="application/json")) as server,
        make_client(server.url, clock) as client,
    ):
        with pytest.raises(AnswerLost, match="no base64"):
            await client.generate_variants(make_request(variants=2))


async def test_cancelling_a_request_in_flight_ends_it(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(Hung(), route=GENERATE))
    task = asyncio.create_task(client.generate(make_request()))
    await stand_in.wait_for_requests(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await (await client.generate(make_request())).body.aclose()
    assert len(stand_in.requests) == 2


@pytest.mark.parametrize(
    "options", [StandInOptions(errors_per_30_s=20, images_per_minute=1_000, sketch=True)]
)
async def test_a_storm_of_errors_never_locks_the_key(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    stand_in.faults.add(Fault(Answered(400, EmptyBody()), route=GENERATE, times=100))
    limits = Limits(images_per_minute=1_000)
    async with make_client(stand_in.base_url, clock, limits=limits) as client:
        raised = await asyncio.gather(*(failure(client) for _ in range(100)))
    assert {type(error) for error in raised} == {RequestRejected}
    assert len(stand_in.requests) == 100


@pytest.mark.parametrize("options", [StandInOptions(images_per_minute=20, sketch=True)])
async def test_a_burst_stays_inside_the_limit_without_a_single_429(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    async with make_client(stand_in.base_url, clock) as client:
        answers = await asyncio.gather(
            *(client.generate(make_request(width=16, height=16)) for _ in range(50))
        )
    for each in answers:
        await each.body.aclose()
    assert {request.status for request in stand_in.requests} == {200}
    assert len(stand_in.requests) == 50


async def test_a_key_that_the_api_repeats_stands_in_no_message(clock: SkippingClock) -> None:
    body = b'{"error": "Invalid key secret-key", "issues": [{"message": "secret-key is wrong"}]}'
    async with (
        raw_server(answer(body, status="401 Unauthorized")) as server,
        make_client(server.url, clock, credentials=BearerKey("secret-key")) as client,
    ):
        raised = await failure(client)
    assert "secret-key" not in str(raised)
    assert re.search(rb"Authorization: Bearer secret-key", server.visits[0].head)
