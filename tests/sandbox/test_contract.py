"""The stand-in against the published contract, with bodies drawn from its schemas."""

import asyncio
from collections.abc import Callable, Mapping

import aiohttp
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.venice import StandInOptions, VeniceStandIn
from sandbox.venice.catalogue import load_catalogue
from tests.clock import FakeClock
from tests.sandbox.caller import TIMEOUT, Answer, Caller, as_base64, make_png
from tests.sandbox.contract import answer_schema, bodies, component, needs_contract, properties
from tests.sandbox.wallet import SignIn, make_account, make_payment

pytestmark = needs_contract

LISTED = [
    model.id
    for model in load_catalogue().models.values()
    if model.type == "image" and not model.model_spec.offline
]


def check(answer: Answer, route: str, *, method: str = "post") -> None:
    """Checks a JSON answer against the contract."""
    if not answer.headers["Content-Type"].startswith("application/json"):
        assert answer.picture().size
        return
    schema = answer_schema(route, answer.status, method=method)
    # Where callers saw statuses that the contract does not list, the plain error is its shape.
    jsonschema.validate(answer.json(), schema or component("StandardError"))


def run(act: Callable[[Caller], object]) -> None:
    """Runs one exchange with a stand-in of its own: Hypothesis calls from outside any loop."""

    async def exchange() -> None:
        async with (
            VeniceStandIn(StandInOptions(balance_usd_micros=10**12, sketch=True)) as stand_in,
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
        ):
            outcome = act(Caller(stand_in, session))
            assert asyncio.iscoroutine(outcome)
            await outcome

    asyncio.run(exchange())


@st.composite
def generation_bodies(draw: st.DrawFn) -> dict[str, object]:
    """Bodies that fit GenerateImageRequest, for a listed model, small where they name a size."""
    schema = component("GenerateImageRequest")
    properties(schema).update(
        model={"enum": LISTED},
        prompt={"type": "string", "minLength": 1, "maxLength": 200},
        negative_prompt={"type": "string", "maxLength": 200},
        width={"type": "integer", "minimum": 1, "maximum": 64},
        height={"type": "integer", "minimum": 1, "maximum": 64},
        style_preset={"enum": ["Anime", "Watercolor", "anime"]},
        resolution={"enum": ["1K", "1k", "8K"]},
        variants={"enum": [1, 2]},
    )
    return draw(bodies(schema))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=generation_bodies())
def test_a_valid_generation_is_painted_or_refused_by_a_named_rule(body: dict[str, object]) -> None:
    async def act(caller: Caller) -> None:
        answer = await caller.post("/image/generate", body)
        assert answer.status in {200, 400}
        check(answer, "/image/generate")
        if answer.status == 400:
            assert answer.json().get("issues") or answer.json()["error"]

    run(act)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=generation_bodies(),
    name=st.text(min_size=1, max_size=12),
    value=st.none() | st.booleans() | st.integers() | st.text(max_size=5),
)
def test_an_extra_field_is_always_a_400(body: dict[str, object], name: str, value: object) -> None:
    known = properties(component("GenerateImageRequest"))
    extra = f"{name}?" if name in known else name

    async def act(caller: Caller) -> None:
        answer = await caller.post("/image/generate", {**body, extra: value})
        assert answer.status == 400
        check(answer, "/image/generate")
        assert extra in answer.broken_fields()

    run(act)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_body_that_breaks_the_schema_is_a_400(data: st.DataObject) -> None:
    body = data.draw(generation_bodies())
    schema = component("GenerateImageRequest")
    field = data.draw(st.sampled_from(sorted(set(properties(schema)) - {"inpaint"})))
    wrong = data.draw(
        st.one_of(st.none(), st.just([1]), st.just({"a": 1}), st.just(-(10**12)), st.just(""))
    )
    broken = {**body, field: wrong}
    if jsonschema.Draft202012Validator(schema).is_valid(broken):
        return

    async def act(caller: Caller) -> None:
        answer = await caller.post("/image/generate", broken)
        assert answer.status == 400
        check(answer, "/image/generate")

    run(act)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_valid_body_in_openai_s_shape_is_painted(data: st.DataObject) -> None:
    schema = component("SimpleGenerateImageRequest")
    properties(schema).update(
        model={"enum": ["default", "z-image-turbo", "dall-e-9"]},
        size={"enum": ["256x256", None]},
    )
    body = data.draw(bodies(schema))

    async def act(caller: Caller) -> None:
        answer = await caller.post("/images/generations", body)
        assert answer.status == 200
        check(answer, "/images/generations")

    run(act)


IMAGE = as_base64(make_png())
EXCHANGES: list[tuple[str, str, str, Mapping[str, object] | None]] = [
    ("post", "/image/edit", "", {"prompt": "a sunset", "image": IMAGE}),
    ("post", "/image/edit", "", {"prompt": "", "image": IMAGE}),
    ("post", "/image/edit", "", {"prompt": "forbidden", "image": IMAGE}),
    ("post", "/image/multi-edit", "", {"prompt": "together", "images": [IMAGE, IMAGE]}),
    ("post", "/image/multi-edit", "", {"prompt": "together", "images": []}),
    ("post", "/image/upscale", "", {"image": IMAGE}),
    ("post", "/image/upscale", "", {"image": IMAGE, "scale": 9}),
    ("post", "/image/background-remove", "", {"image": IMAGE}),
    ("post", "/image/background-remove", "", {}),
    ("get", "/image/styles", "", None),
    ("get", "/models", "", None),
    ("get", "/models", "?type=image", None),
    ("get", "/models", "?type=inpaint", None),
    ("get", "/models", "?type=upscale", None),
    ("get", "/models", "?type=all", None),
    ("get", "/models/traits", "?type=image", None),
    ("get", "/models/compatibility_mapping", "?type=image", None),
    ("get", "/api_keys/rate_limits", "", None),
    ("get", "/billing/balance", "", None),
    ("post", "/x402/top-up", "", None),
]


@pytest.mark.parametrize(("method", "route", "query", "body"), EXCHANGES)
@pytest.mark.parametrize("key", ["demo-key", "wrong", None])
async def test_every_route_answers_in_the_contract_s_shape(
    caller: Caller,
    *,
    key: str | None,
    method: str,
    route: str,
    query: str,
    body: Mapping[str, object] | None,
) -> None:
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    if method == "get":
        answer = await caller.get(route + query, headers)
    else:
        answer = await caller.post(route, body, headers=headers)
    check(answer, route, method=method)


async def test_wallet_routes_answer_in_the_contract_s_shape() -> None:
    account = make_account()
    options = StandInOptions(wallets={account.address: 1_000_000})
    async with (
        VeniceStandIn(options, clock=FakeClock().now) as stand_in,
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
    ):
        caller = Caller(stand_in, session)
        for name in ("balance", "transactions"):
            route = f"/x402/{name}/{{walletAddress}}"
            path = f"/x402/{name}/{account.address}"
            check(await caller.get(path, SignIn().headers()), route, method="get")
            check(await caller.get(path, {}), route, method="get")
            check(await caller.get(f"/x402/{name}/x", {}), route, method="get")
        for payment in (make_payment(account), "garbage"):
            answer = await caller.post("/x402/top-up", headers={"PAYMENT-SIGNATURE": payment})
            check(answer, "/x402/top-up")
        poor = SignIn(account=make_account(9)).headers()
        answer = await caller.post(
            "/image/generate", {"model": "default", "prompt": "x"}, headers=poor
        )
        assert answer.status == 402
        check(answer, "/image/generate")


def test_the_catalogue_fits_the_contract() -> None:
    schema = component("ModelResponse")
    for model in load_catalogue().listing:
        jsonschema.validate(model, schema)
