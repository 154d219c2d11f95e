"""What `/image/generate` refuses, by table."""

import aiohttp
import pytest

from tests.sandbox.caller import Caller, as_base64, make_png, make_ratio_generation

REFERENCE = {"image": as_base64(make_png())}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", ""),
        ("prompt", "x" * 7501),
        ("prompt", None),
        ("width", 0),
        ("width", 1288),
        ("width", 100),
        ("width", "128"),
        ("width", True),
        ("height", 1284),
        ("height", 12.5),
        ("steps", 9),
        ("steps", 0),
        ("seed", 1_000_000_000),
        ("seed", -1_000_000_000),
        ("cfg_scale", 0),
        ("cfg_scale", 20.1),
        ("lora_strength", 101),
        ("variants", 2),
        ("variants", 5),
        ("format", "gif"),
        ("style_preset", "anime"),
        ("style_preset", "No Such Style"),
        ("resolution", "1K"),
        ("quality", "high"),
        ("enable_web_search", True),
        ("style_references", [REFERENCE]),
        ("negative_prompt", "x" * 7501),
        ("safe_mode", "true"),
        ("loras", []),
        ("n", 1),
    ],
)
async def test_a_broken_rule_is_a_400_that_names_the_field(
    caller: Caller, field: str, value: object
) -> None:
    answer = await caller.generate(**{field: value})
    assert answer.status == 400
    assert answer.broken_fields() == [field]
    issues = answer.json()["issues"]
    assert isinstance(issues, list)
    assert [issue["path"][0] for issue in issues] == [field]


@pytest.mark.parametrize(
    ("model", "overrides"),
    [
        ("venice-sd35", {"width": 120}),
        ("venice-sd35", {"prompt": "x" * 1501}),
        ("venice-sd35", {"negative_prompt": "x" * 1501}),
        ("venice-sd35", {"steps": 31}),
        ("hidream", {"steps": 51}),
        ("bria-bg-remover", {}),
    ],
)
async def test_pixel_models_have_rules_of_their_own(
    caller: Caller, model: str, overrides: dict[str, object]
) -> None:
    assert (await caller.generate(model=model, **overrides)).status == 400


@pytest.mark.parametrize(
    ("model", "overrides"),
    [
        ("flux-2-pro", {"resolution": "1K"}),
        ("grok-imagine-image", {"resolution": "1K"}),
        ("nano-banana-pro", {"resolution": "1k"}),
        ("nano-banana-pro", {"resolution": "8K"}),
        ("nano-banana-pro", {"quality": "high"}),
        ("qwen-image", {"width": 128}),
        ("qwen-image", {"height": 128}),
        ("krea-v2-large", {"style_references": [REFERENCE] * 4}),
        ("krea-v2-large", {"style_references": [REFERENCE | {"strength": 0.05}]}),
        ("krea-v2-large", {"style_references": [{"image": "https://example.com/a.png"}]}),
        ("krea-v2-large", {"style_references": [{"image": "not base64!"}]}),
        ("krea-v2-large", {"style_references": [{"image": as_base64(b"no picture")}]}),
    ],
)
async def test_ratio_models_have_rules_of_their_own(
    caller: Caller, model: str, overrides: dict[str, object]
) -> None:
    answer = await caller.post(
        "/image/generate", make_ratio_generation() | {"model": model} | overrides
    )
    assert answer.status == 400
    assert not caller.stand_in.requests[-1].billed


async def test_a_refusal_from_the_provider_carries_a_request_id(caller: Caller) -> None:
    answer = await caller.generate(model="qwen-image")
    assert set(answer.json()) == {"error", "request_id"}


async def test_every_broken_rule_is_named_at_once(caller: Caller) -> None:
    answer = await caller.generate(width=100, steps=99, style_preset="?")
    assert sorted(answer.broken_fields()) == ["steps", "style_preset", "width"]


@pytest.mark.parametrize(
    ("model", "size"),
    [
        ("z-image-turbo", (128, 96)),
        ("default", (128, 96)),
        ("sdxl", (128, 96)),
    ],
)
async def test_pixel_models_paint_the_size_asked_for(
    caller: Caller, model: str, size: tuple[int, int]
) -> None:
    assert (await caller.generate(model=model)).picture().size == size


@pytest.mark.parametrize(
    ("model", "overrides", "size"),
    [
        ("flux-2-pro", {}, (1024, 1024)),
        ("flux-2-pro", {"aspect_ratio": "16:9"}, (1368, 768)),
        ("flux-2-pro", {"aspect_ratio": "7:1"}, (1024, 1024)),
        ("flux-2-pro", {"width": 128, "height": 96}, (1024, 1024)),
        ("flux-2-pro", {"steps": 999}, (1024, 1024)),
        ("grok-imagine-image", {"aspect_ratio": "19.5:9"}, (1504, 696)),
        ("grok-imagine-image", {"aspect_ratio": "auto", "resolution": "1k"}, (1024, 1024)),
        ("grok-imagine-image", {"aspect_ratio": "1:2", "resolution": "2k"}, (1448, 2896)),
        ("gpt-image-2", {"aspect_ratio": "3:2", "quality": "low"}, (1256, 840)),
    ],
)
async def test_ratio_models_paint_the_ratio_and_tier_or_fall_back(
    caller: Caller, model: str, overrides: dict[str, object], size: tuple[int, int]
) -> None:
    body = make_ratio_generation() | {"model": model} | overrides
    answer = await caller.post("/image/generate", body)
    assert answer.status == 200
    assert answer.picture().size == size


async def test_what_a_model_supports_is_taken(caller: Caller) -> None:
    searched = make_ratio_generation() | {"model": "nano-banana-pro", "enable_web_search": True}
    assert (await caller.post("/image/generate", searched)).status == 200
    referenced = make_ratio_generation() | {
        "model": "krea-v2-large",
        "style_references": [REFERENCE, {**REFERENCE, "strength": 0.9}],
    }
    assert (await caller.post("/image/generate", referenced)).status == 200


async def test_an_unknown_model_is_a_404(caller: Caller) -> None:
    assert (await caller.generate(model="no-such-model")).status == 404


async def test_a_retired_model_is_a_404_that_names_its_replacement(caller: Caller) -> None:
    answer = await caller.generate(model="flux-dev")
    assert answer.status == 404
    assert "flux-2-pro" in str(answer.json()["error"])


async def test_an_edit_model_does_not_generate(caller: Caller) -> None:
    assert (await caller.generate(model="firered-image-edit")).status == 404


async def test_an_offline_model_is_a_503(caller: Caller) -> None:
    assert (await caller.generate(model="hunyuan-image-v3")).status == 503


async def test_a_whole_number_may_be_written_with_a_point(caller: Caller) -> None:
    assert (await caller.generate(width=128.0)).status == 200


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"model": NaN}', b'"\xed\xa0\x80"'])
async def test_a_body_that_is_no_json_object_is_a_400(caller: Caller, content: bytes) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            caller.stand_in.base_url + "/image/generate",
            data=content,
            headers={"Content-Type": "application/json", "Authorization": "Bearer demo-key"},
        ) as response,
    ):
        assert response.status == 400


async def test_a_form_is_a_415(caller: Caller) -> None:
    form = aiohttp.FormData({"prompt": "a fox"})
    form.add_field("file", b"x", filename="a.png")
    assert (await caller.post("/image/generate", form=form)).status == 415
