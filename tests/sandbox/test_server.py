"""The stand-in as a server: its journal, its pace, its start from the command line."""

import asyncio
import sys

import aiohttp
import pytest

from sandbox.venice import StandInOptions, VeniceStandIn, journal, reception
from sandbox.venice.faults import Answered, Fault
from tests.sandbox.caller import KEY, TIMEOUT, Caller, make_generation

GENERATE = "/image/generate"


async def test_a_record_says_what_was_asked_and_answered(caller: Caller) -> None:
    await caller.generate(safe_mode=False)
    (record,) = caller.stand_in.requests
    assert (record.method, record.route, record.status) == ("POST", GENERATE, 200)
    assert (record.model, record.seed, record.safe_mode) == ("z-image-turbo", 7, False)
    assert record.prompt == "a fox in the snow"
    assert record.body["width"] == 128
    assert (record.billed, record.charged_usd_micros, record.fault) == (True, 10_000, None)


async def test_a_record_says_what_was_left_out(caller: Caller) -> None:
    await caller.get("/image/styles")
    (record,) = caller.stand_in.requests
    assert (record.model, record.prompt, record.seed, record.safe_mode) == (None,) * 4
    assert (record.status, record.billed) == (200, False)


async def test_a_record_names_the_fault_that_was_played(caller: Caller) -> None:
    caller.stand_in.faults.add(Fault(Answered(503)))
    await caller.generate()
    (record,) = caller.stand_in.requests
    assert (record.status, record.billed, record.fault) == (503, False, "Answered")


async def test_records_keep_no_long_texts_and_are_not_kept_for_ever(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MOST_KEPT_REQUESTS", 2)
    for length in (1, 2, 50_000):
        await caller.post(GENERATE, make_generation(style_references=[{"image": "x" * length}]))
    kept = caller.stand_in.requests
    assert [record.number for record in kept] == [2, 3]
    assert kept[-1].body["style_references"] == [{"image": "<50000 characters>"}]


async def test_a_request_can_be_awaited(caller: Caller) -> None:
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(caller.stand_in.wait_for_requests(2, route=GENERATE))
        await caller.get("/image/styles")
        await caller.generate(seed=1)
        await caller.generate(seed=2)
    assert [record.seed for record in waiting.result()] == [1, 2]


async def test_painting_takes_as_long_as_it_is_told(caller: Caller) -> None:
    caller.stand_in.delay_s = 0.05
    loop = asyncio.get_running_loop()
    began = loop.time()
    await caller.generate()
    assert loop.time() - began >= 0.05
    assert caller.stand_in.delay_s == 0.05


async def test_a_caller_that_hangs_up_is_billed_all_the_same(stand_in: VeniceStandIn) -> None:
    stand_in.delay_s = 0.1
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.05)) as session:
        with pytest.raises(TimeoutError):
            await session.post(
                stand_in.base_url + GENERATE,
                json=make_generation(),
                headers={"Authorization": f"Bearer {KEY}"},
            )
    async with asyncio.timeout(60):
        (record,) = await stand_in.wait_for_requests(1, answered=True)
    assert (record.status, record.billed) == (200, True)


async def test_a_body_beyond_all_bounds_is_a_413(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "MAX_BODY_BYTES", 10)
    assert (await caller.generate()).status == 413


async def test_a_form_that_is_none_is_a_400(stand_in: VeniceStandIn) -> None:
    async with (
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
        session.post(
            stand_in.base_url + "/image/edit",
            data=b"no form",
            headers={
                "Authorization": f"Bearer {KEY}",
                "Content-Type": "multipart/form-data; boundary=x",
            },
        ) as response,
    ):
        assert response.status == 400


async def test_two_stand_ins_do_not_disturb_each_other() -> None:
    async with (
        VeniceStandIn() as first,
        VeniceStandIn(StandInOptions(api_key="other-key")) as second,
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
    ):
        assert first.base_url != second.base_url
        assert (await Caller(first, session).generate()).status == 200
        assert (await Caller(second, session).generate()).status == 401
        assert (len(first.requests), len(second.requests)) == (1, 1)


async def test_it_runs_alone_from_the_command_line() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox.venice", "--port", "0", "--delay", "0", "--key", "test-key"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(20), aiohttp.ClientSession(timeout=TIMEOUT) as session:
            announced = (await process.stdout.readline()).decode()
            base_url = announced.split()[-1]
            async with session.post(
                base_url + GENERATE,
                json=make_generation(),
                headers={"Authorization": "Bearer test-key"},
            ) as response:
                assert response.status == 200
    finally:
        process.terminate()
        await process.wait()
