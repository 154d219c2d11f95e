import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from sandbox.venice import StandInOptions, VeniceStandIn
from sandbox.venice.faults import Fault, Held
from tests.clock import NOON, FakeClock
from tests.sandbox.caller import KEY, TIMEOUT, Caller, make_generation
from tests.sandbox.wallet import SignIn, make_account

GENERATE = "/image/generate"
RICH, POOR = make_account(1), make_account(2)
PRICE = 10_000


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def options() -> StandInOptions:
    return StandInOptions(
        admin_key="admin-key", wallets={RICH.address: 1_000_000, POOR.address: 99_999}
    )


@pytest.fixture
async def stand_in(options: StandInOptions, clock: FakeClock) -> AsyncIterator[VeniceStandIn]:
    async with VeniceStandIn(options, clock=clock.now) as running:
        yield running


@pytest.fixture
async def caller(stand_in: VeniceStandIn) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield Caller(stand_in, session)


async def test_without_credentials_a_painting_route_tells_how_to_pay(caller: Caller) -> None:
    answer = await caller.post(GENERATE, make_generation(), headers={})
    assert answer.status == 402
    body = answer.json()
    assert {"x402Version", "accepts", "resource", "authOptions", "extensions"} <= set(body)
    assert json.loads(base64.b64decode(answer.headers["PAYMENT-REQUIRED"])) == body


async def test_a_wrong_key_is_a_401(caller: Caller) -> None:
    answer = await caller.post(
        GENERATE, make_generation(), headers={"Authorization": "Bearer wrong"}
    )
    assert (answer.status, answer.json()) == (401, {"error": "Authentication failed"})


async def test_credentials_are_judged_before_the_body(caller: Caller) -> None:
    answer = await caller.post(GENERATE, {}, headers={"Authorization": "Bearer wrong"})
    assert answer.status == 401


@pytest.mark.parametrize("options", [StandInOptions(api_key=None)])
async def test_without_a_key_of_its_own_it_takes_any(caller: Caller) -> None:
    headers = {"Authorization": "Bearer whatever"}
    assert (await caller.post(GENERATE, make_generation(), headers=headers)).status == 200


async def test_records_keep_no_secrets(caller: Caller) -> None:
    await caller.generate()
    await caller.post(GENERATE, make_generation(), headers=SignIn().headers())
    for record in caller.stand_in.requests:
        assert not {"authorization", "sign-in-with-x"} & set(record.headers)
        assert KEY not in str(record)


async def test_limits_are_told_to_a_key_alone(caller: Caller) -> None:
    answer = await caller.get("/api_keys/rate_limits")
    assert answer.status == 200
    data = answer.json()["data"]
    assert isinstance(data, dict)
    assert data["balances"]["USD"] == 100
    assert (await caller.get("/api_keys/rate_limits", {})).status == 401


async def test_the_balance_is_told_to_an_admin_key_alone(caller: Caller) -> None:
    assert (await caller.get("/billing/balance")).status == 401
    answer = await caller.get("/billing/balance", {"Authorization": "Bearer admin-key"})
    assert answer.json()["balances"] == {"diem": None, "usd": 100.0}


@pytest.mark.parametrize("name", ["SIGN-IN-WITH-X", "X-Sign-In-With-X"])
async def test_a_wallet_pays_from_its_credit(caller: Caller, name: str) -> None:
    answer = await caller.post(GENERATE, make_generation(), headers=SignIn().headers(name))
    assert answer.status == 200
    assert answer.headers["X-Balance-Remaining"] == "0.990000"


async def test_where_both_are_sent_the_wallet_wins(caller: Caller) -> None:
    headers = {"Authorization": "Bearer wrong-key", **SignIn().headers()}
    assert (await caller.post(GENERATE, make_generation(), headers=headers)).status == 200
    assert caller.stand_in.balance_usd_micros == 100_000_000
    bad = {"Authorization": f"Bearer {KEY}", **SignIn(domain="evil.example").headers()}
    assert (await caller.post(GENERATE, make_generation(), headers=bad)).status == 401


@pytest.mark.parametrize(
    "sign_in",
    [
        SignIn(domain="example.com"),
        SignIn(version="2"),
        SignIn(message_chain="1"),
        SignIn(header_chain=1),
        SignIn(address=POOR.address),
        SignIn(nonce="short"),
        SignIn(nonce="has-dashes-in-it"),
        SignIn(nonce=""),
        SignIn(issued_at=NOON - timedelta(minutes=5, seconds=1)),
        SignIn(issued_at=NOON + timedelta(minutes=2)),
        SignIn(issued_at=None),
        SignIn(issued_at=NOON.replace(tzinfo=None)),
        SignIn(expires_at=NOON),
        SignIn(signature="0x1234"),
        SignIn(signature="0x" + "11" * 65),
        SignIn(signature="no hex"),
        SignIn(kind="ed25519"),
    ],
)
async def test_a_sign_in_that_breaks_a_rule_is_a_401(caller: Caller, sign_in: SignIn) -> None:
    answer = await caller.post(GENERATE, make_generation(), headers=sign_in.headers())
    assert answer.status == 401
    assert "SIGN-IN-WITH-X" in str(answer.json()["error"])


@pytest.mark.parametrize("header", ["", "no base64!", "W10=", "e30=", "bm8gSlNPTg=="])
async def test_a_header_that_is_no_sign_in_is_a_401(caller: Caller, header: str) -> None:
    headers = {"SIGN-IN-WITH-X": header}
    assert (await caller.post(GENERATE, make_generation(), headers=headers)).status == 401


@pytest.mark.parametrize("chain", ["8453", "eip155:8453"])
async def test_the_chain_may_be_written_in_other_ways(caller: Caller, chain: str) -> None:
    headers = SignIn(header_chain=chain).headers()
    assert (await caller.post(GENERATE, make_generation(), headers=headers)).status == 200


async def test_the_expiry_may_be_left_out(caller: Caller) -> None:
    headers = SignIn(expires_at=None).headers()
    assert (await caller.post(GENERATE, make_generation(), headers=headers)).status == 200


async def test_one_header_is_good_for_one_request(caller: Caller) -> None:
    headers = SignIn().headers()
    statuses = [
        (await caller.post(GENERATE, make_generation(), headers=headers)).status for _ in range(2)
    ]
    assert statuses == [200, 401]


async def test_the_nonce_is_spent_even_if_the_request_fails(caller: Caller) -> None:
    sign_in = SignIn(nonce="abcdefgh12345678")
    refused = await caller.post(
        GENERATE, make_generation(), headers=replace(sign_in, version="2").headers()
    )
    retried = await caller.post(GENERATE, make_generation(), headers=sign_in.headers())
    assert (refused.status, retried.status) == (401, 401)


async def test_a_wallet_below_ten_cents_is_told_how_to_top_up(caller: Caller) -> None:
    answer = await caller.post(GENERATE, make_generation(), headers=SignIn(account=POOR).headers())
    assert answer.status == 402
    body = answer.json()
    assert body["code"] == "PAYMENT_REQUIRED"
    assert body["currentBalanceUsd"] == pytest.approx(0.099999)
    assert "topUpInstructions" in body
    assert "accepts" in json.loads(base64.b64decode(answer.headers["PAYMENT-REQUIRED"]))


async def test_a_wallet_has_at_most_five_requests_in_flight(caller: Caller) -> None:
    release = asyncio.Event()
    caller.stand_in.delay_s = 0.0
    caller.stand_in.faults.add(Fault(Held(release), route=GENERATE, times=5))
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        held = [
            tasks.create_task(caller.post(GENERATE, make_generation(), headers=SignIn().headers()))
            for _ in range(5)
        ]
        # A fault is taken before its sender is known.
        wallet = caller.stand_in._backend.credentials.wallet(make_account().address)
        while wallet.in_flight < 5:  # noqa: ASYNC110 - nothing tells when one is taken
            await asyncio.sleep(0)
        sixth = await caller.post(GENERATE, make_generation(), headers=SignIn().headers())
        release.set()
    assert sixth.status == 429
    assert [task.result().status for task in held] == [200] * 5
