"""The client against the published contract: whatever it can send fits, whatever fits it reads."""

import json
from collections.abc import Mapping
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.venice import (
    EditImageRequest,
    GenerateImageRequest,
    GenerationsRequest,
    MultiEditImageRequest,
    RemoveBackgroundRequest,
    StyleReference,
    UpscaleImageRequest,
)
from bot.venice.entries import read_entries
from bot.venice.errors import VeniceError
from bot.venice.interpret import error_of
from bot.venice.wire.account import BillingBalance, KeyLimitsAnswer
from bot.venice.wire.base import ApiAnswer, ApiRequest
from bot.venice.wire.edit import EditAspectRatio
from bot.venice.wire.generate import GenerateImageAnswer
from bot.venice.wire.generations import GenerationsAnswer, SizeName
from bot.venice.wire.listing import ModelNames, StyleList
from bot.venice.wire.x402 import (
    TopUpInstructions,
    TransactionsAnswer,
    WalletBalanceAnswer,
)
from tests.sandbox.contract import (
    Schema,
    answer_schema,
    bodies,
    component,
    needs_contract,
    part,
    properties,
)
from tests.venice.factories import make_picture
from tests.venice.test_requests import parts_of

pytestmark = needs_contract

PICTURE = make_picture(16, 16)

quick = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

flags = st.booleans()
formats = st.sampled_from(["jpeg", "png", "webp"])
levels = st.sampled_from(["low", "medium", "high"])
names = st.text(min_size=1, max_size=20)
own_pictures = st.just(PICTURE) | st.binary(min_size=1, max_size=50)
urls = st.from_regex(r"https?://[a-z]{1,10}\.example/[a-z0-9]{0,10}", fullmatch=True)
pictures = own_pictures | urls


def requests(
    kind: type[ApiRequest], required: Mapping[str, Any], optional: Mapping[str, Any]
) -> st.SearchStrategy[ApiRequest]:
    """Every request of a kind; the strategies must name every field it has."""
    assert set(required) | set(optional) == set(kind.model_fields)
    fields = st.fixed_dictionaries(
        dict(required), optional={name: st.none() | each for name, each in optional.items()}
    )
    return fields.map(kind.model_validate)


sides = st.integers(1, 1_280)
generate_requests = requests(
    GenerateImageRequest,
    {
        "model": names,
        "prompt": st.text(min_size=1, max_size=200),
        "safe_mode": flags,
    },
    {
        "negative_prompt": st.text(max_size=200),
        "width": sides,
        "height": sides,
        "aspect_ratio": st.sampled_from(["1:1", "19.5:9", "auto"]),
        "resolution": st.sampled_from(["1K", "2k"]),
        "quality": levels,
        "seed": st.integers(-999_999_999, 999_999_999),
        "steps": st.integers(1, 100),
        "cfg_scale": st.floats(0, 20, exclude_min=True),
        "lora_strength": st.integers(0, 100),
        "style_preset": names,
        "style_references": st.lists(
            st.builds(StyleReference, image=pictures, strength=st.none() | st.floats(0.1, 1)),
            max_size=3,
        ),
        "format": formats,
        "variants": st.integers(1, 4),
        "return_binary": flags,
        "embed_exif_metadata": flags,
        "hide_watermark": flags,
        "enable_web_search": flags,
        "enhance_prompt": flags,
        "disable_prompt_optimization_thinking": flags,
    },
)
generations_requests = requests(
    GenerationsRequest,
    {
        "prompt": st.text(min_size=1, max_size=1_500),
        "moderation": st.sampled_from(["auto", "low"]),
    },
    {
        "model": names,
        "size": st.sampled_from(get_args(SizeName)),
        "quality": st.sampled_from(["auto", "high", "medium", "low", "hd", "standard"]),
        "style": st.sampled_from(["vivid", "natural"]),
        "background": st.sampled_from(["transparent", "opaque", "auto"]),
        "output_format": formats,
        "output_compression": st.integers(0, 100),
        "response_format": st.sampled_from(["b64_json", "url"]),
        "n": st.just(1),
        "user": st.text(max_size=20),
    },
)
edit_options = {
    "aspect_ratio": st.sampled_from(get_args(EditAspectRatio)),
    "resolution": st.text(min_size=1, max_size=10),
    "output_format": formats,
    "enhance_prompt": flags,
    "disable_prompt_optimization_thinking": flags,
}
edit_requests = requests(
    EditImageRequest,
    {
        "model": names,
        "prompt": st.text(min_size=1, max_size=200),
        "image": pictures,
        "safe_mode": flags,
    },
    edit_options,
)
multi_edit_requests = requests(
    MultiEditImageRequest,
    {
        # The route's schema lists the ids that were there when it was published.
        "model": st.sampled_from(["firered-image-edit", "qwen-edit-uncensored"]),
        "prompt": st.text(min_size=1, max_size=200),
        "images": st.lists(pictures, min_size=1, max_size=4),
        "safe_mode": flags,
    },
    {**edit_options, "quality": levels},
)
upscale_requests = requests(
    UpscaleImageRequest,
    {"image": own_pictures},
    {"scale": st.floats(2, 4), "creativity": st.floats(0, 0.02)},
)
background_requests = requests(RemoveBackgroundRequest, {"image": pictures}, {})


def check(request: ApiRequest) -> None:
    """What is sent, against what the contract says of that route and content type."""
    content = part("paths", request.route, "post", "requestBody", "content")
    encoded = request.encoded()
    kind = encoded.content_type.partition(";")[0]
    schema = content[kind]
    assert isinstance(schema, dict)
    jsonschema.validate(request.document(), schema["schema"])
    if kind == "application/json":
        assert json.loads(b"".join(encoded.pieces)) == request.document()
    else:
        assert {name for name, _, _, _ in parts_of(encoded)} == set(request.document())


@quick
@given(generate_requests)
def test_generations_fit(request: ApiRequest) -> None:
    check(request)


@quick
@given(generations_requests)
def test_generations_in_openais_shape_fit(request: ApiRequest) -> None:
    check(request)


@quick
@given(edit_requests)
def test_edits_fit(request: ApiRequest) -> None:
    check(request)


@quick
@given(multi_edit_requests)
def test_edits_of_several_pictures_fit(request: ApiRequest) -> None:
    check(request)


@quick
@given(upscale_requests)
def test_upscales_fit(request: ApiRequest) -> None:
    check(request)


@quick
@given(background_requests)
def test_cut_outs_fit(request: ApiRequest) -> None:
    check(request)


@pytest.mark.parametrize(
    ("kind", "schema_name", "left_out"),
    [
        (GenerateImageRequest, "GenerateImageRequest", {"inpaint"}),
        (GenerationsRequest, "SimpleGenerateImageRequest", set()),
        (EditImageRequest, "EditImageRequest", {"modelId"}),
        (MultiEditImageRequest, "MultiEditImageRequest", set()),
        (UpscaleImageRequest, "UpscaleImageRequest", set()),
    ],
)
def test_every_field_of_the_contract_can_be_said(
    kind: type[BaseModel], schema_name: str, left_out: set[str]
) -> None:
    names_sent = {field.serialization_alias or name for name, field in kind.model_fields.items()}
    assert names_sent == set(properties(component(schema_name))) - left_out


ANSWERS: list[tuple[type[ApiAnswer], str, str, int]] = [
    (GenerateImageAnswer, "/image/generate", "post", 200),
    (StyleList, "/image/styles", "get", 200),
    (KeyLimitsAnswer, "/api_keys/rate_limits", "get", 200),
    (BillingBalance, "/billing/balance", "get", 200),
    (WalletBalanceAnswer, "/x402/balance/{walletAddress}", "get", 200),
    (TransactionsAnswer, "/x402/transactions/{walletAddress}", "get", 200),
    (TopUpInstructions, "/x402/top-up", "post", 402),
]


def contract_answer(route: str, method: str, status: int) -> Schema:
    schema = answer_schema(route, status, method=method)
    assert schema is not None
    return schema


@pytest.mark.parametrize(("kind", "route", "method", "status"), ANSWERS)
@quick
@given(data=st.data())
def test_answers_that_fit_are_read(
    data: st.DataObject, kind: type[ApiAnswer], route: str, method: str, status: int
) -> None:
    body = data.draw(bodies(contract_answer(route, method, status)))
    assert isinstance(kind.parse(json.dumps(body).encode()), kind)


@quick
@given(
    created=st.integers(),
    data=st.lists(
        st.fixed_dictionaries({"b64_json": st.text()}) | st.fixed_dictionaries({"url": st.text()})
    ),
)
def test_answers_in_openais_shape_that_fit_are_read(
    created: int, data: list[dict[str, str]]
) -> None:
    body = {"created": created, "data": data}
    jsonschema.validate(body, contract_answer("/images/generations", "post", 200))
    assert len(GenerationsAnswer.parse(json.dumps(body).encode()).data) == len(data)


@pytest.mark.parametrize("route", ["/models/traits", "/models/compatibility_mapping"])
@quick
@given(mapping=st.dictionaries(st.text(), st.text()))
def test_names_that_fit_are_read(mapping: dict[str, str], route: str) -> None:
    body = {"object": "list", "type": "image", "data": mapping}
    jsonschema.validate(body, contract_answer(route, "get", 200))
    assert ModelNames.parse(json.dumps(body).encode()).data == mapping


IMAGE_ERRORS = [
    (route, int(status))
    for route in (
        "/image/generate",
        "/images/generations",
        "/image/edit",
        "/image/multi-edit",
        "/image/upscale",
        "/image/background-remove",
    )
    for status in ("400", "401", "402", "415", "429", "500", "503")
]


@pytest.mark.parametrize(("route", "status"), IMAGE_ERRORS)
@quick
@given(data=st.data())
def test_errors_that_fit_are_understood(data: st.DataObject, route: str, status: int) -> None:
    schema = contract_answer(route, "post", status)
    branches = schema.get("anyOf", [schema])
    assert isinstance(branches, list)
    body = data.draw(bodies(_first_object(data.draw(st.sampled_from(branches)))))
    error = error_of(status, {}, json.dumps(body).encode(), now_s=0, model="m")
    assert isinstance(error, VeniceError)
    if isinstance(body["error"], str) and body["error"].strip():
        assert body["error"].strip()[:100] in error.message


def _first_object(schema: Schema) -> Schema:
    """A schema of alternatives as one of them: the wallets' 402 has two shapes."""
    branches = schema.get("anyOf")
    return branches[-1] if isinstance(branches, list) else schema


def test_the_contracts_own_example_of_a_model_is_read() -> None:
    schema = component("ModelResponse")
    spec = properties(schema)["model_spec"]
    assert isinstance(spec, dict)
    assert {"constraints", "pricing", "traits", "offline", "deprecation"} <= set(properties(spec))
    entry = {
        "id": "m",
        "type": "image",
        "object": "model",
        "owned_by": "venice.ai",
        "created": 1_699_000_000,
        "model_spec": {
            "privacy": "private",
            "constraints": {
                "promptCharacterLimit": 2_048,
                "steps": {"default": 25, "max": 50},
                "widthHeightDivisor": 8,
            },
            "deprecation": {
                "autoRemap": False,
                "date": "2025-03-01 00:00:00+00:00",
                "removesAt": "2025-04-01 00:00:00+00:00",
            },
        },
    }
    jsonschema.validate(entry, schema)
    read = read_entries([entry])
    assert read.skipped == 0
    assert read.models[0].deprecation is not None
