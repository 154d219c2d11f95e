"""Balance, top-up and history of a wallet."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from sandbox.venice import StandInOptions, VeniceStandIn
from tests.clock import NOON, FakeClock
from tests.sandbox.caller import TIMEOUT, Caller, make_generation
from tests.sandbox.wallet import SignIn, make_account, make_payment

ACCOUNT, OTHER = make_account(1), make_account(2)
BALANCE = f"/x402/balance/{ACCOUNT.address}"
TRANSACTIONS = f"/x402/transactions/{ACCOUNT.address}"
TOP_UP = "/x402/top-up"


@pytest.fixture
async def stand_in() -> AsyncIterator[VeniceStandIn]:
    options = StandInOptions(wallets={ACCOUNT.address: 1_000_000})
    async with VeniceStandIn(options, clock=FakeClock().now) as running:
        yield running


@pytest.fixture
async def caller(stand_in: VeniceStandIn) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield Caller(stand_in, session)


async def test_a_wallet_sees_its_balance(caller: Caller) -> None:
    answer = await caller.get(BALANCE, SignIn().headers())
    assert answer.json()["data"] == {
        "walletAddress": ACCOUNT.address.lower(),
        "balanceUsd": 1.0,
        "canConsume": True,
        "minimumTopUpUsd": 5,
        "suggestedTopUpUsd": 10,
    }


async def test_only_the_wallet_itself_sees_it(caller: Caller) -> None:
    assert (await caller.get(BALANCE)).status == 401
    assert (await caller.get(BALANCE, SignIn(account=OTHER).headers())).status == 403
    assert (await caller.get("/x402/balance/nobody", SignIn().headers())).status == 400


async def test_an_empty_top_up_tells_what_a_payment_must_look_like(caller: Caller) -> None:
    answer = await caller.post(TOP_UP, headers={})
    assert answer.status == 402
    accepts = answer.json()["accepts"]
    assert isinstance(accepts, list)
    assert {entry["network"].partition(":")[0] for entry in accepts} == {"eip155", "solana"}


@pytest.mark.parametrize("header", ["PAYMENT-SIGNATURE", "X-402-Payment", "X-PAYMENT"])
async def test_a_signed_payment_is_credited(caller: Caller, header: str) -> None:
    payment = make_payment(ACCOUNT, usd_micros=7_500_000)
    answer = await caller.post(TOP_UP, headers={header: payment})
    assert answer.status == 200
    data = answer.json()["data"]
    assert isinstance(data, dict)
    assert (data["amountCredited"], data["newBalance"]) == (7.5, 8.5)
    assert "PAYMENT-RESPONSE" in answer.headers


async def test_a_payment_is_taken_once(caller: Caller) -> None:
    headers = {"PAYMENT-SIGNATURE": make_payment(ACCOUNT)}
    statuses = [(await caller.post(TOP_UP, headers=headers)).status for _ in range(2)]
    assert statuses == [200, 400]


@pytest.mark.parametrize(
    "payment",
    [
        "no base64!",
        "e30=",
        make_payment(ACCOUNT, usd_micros=4_999_999),
        make_payment(ACCOUNT, to=OTHER.address),
        make_payment(ACCOUNT, valid_before=NOON - timedelta(seconds=1)),
        make_payment(ACCOUNT, signer=OTHER),
    ],
    ids=["garbage", "empty", "too little", "elsewhere", "expired", "another's signature"],
)
async def test_a_payment_that_breaks_a_rule_is_a_400(caller: Caller, payment: str) -> None:
    answer = await caller.post(TOP_UP, headers={"PAYMENT-SIGNATURE": payment})
    assert answer.status == 400
    assert answer.json()["error"] == "X402_INVALID_PAYMENT"


async def test_the_history_lists_charges_and_top_ups_newest_first(caller: Caller) -> None:
    await caller.post("/image/generate", make_generation(), headers=SignIn().headers())
    await caller.post(TOP_UP, headers={"PAYMENT-SIGNATURE": make_payment(ACCOUNT)})
    data = (await caller.get(TRANSACTIONS, SignIn().headers())).json()["data"]
    assert isinstance(data, dict)
    assert [(t["type"], t["amount"]) for t in data["transactions"]] == [
        ("TOP_UP", 5.0),
        ("CHARGE", -0.01),
    ]
    assert data["currentBalance"] == pytest.approx(5.99)
    assert data["transactions"][1]["modelId"] == "z-image-turbo"


async def test_the_history_comes_in_pages(caller: Caller) -> None:
    for _ in range(3):
        await caller.post("/image/generate", make_generation(), headers=SignIn().headers())
    page = await caller.get(f"{TRANSACTIONS}?limit=2&offset=0", SignIn().headers())
    rest = await caller.get(f"{TRANSACTIONS}?limit=2&offset=2", SignIn().headers())
    first, second = page.json()["data"], rest.json()["data"]
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert (len(first["transactions"]), first["pagination"]["hasMore"]) == (2, True)
    assert (len(second["transactions"]), second["pagination"]["hasMore"]) == (1, False)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "offset=-1"])
async def test_a_page_out_of_range_is_a_400(caller: Caller, query: str) -> None:
    assert (await caller.get(f"{TRANSACTIONS}?{query}", SignIn().headers())).status == 400
