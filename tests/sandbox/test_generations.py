"""The route in OpenAI's shape."""

import base64
import io

import pytest
from PIL import Image

from tests.sandbox.caller import Answer, Caller


def make_body(**overrides: object) -> dict[str, object]:
    return {"prompt": "a fox in the snow", "size": "256x256"} | overrides


def picture_of(answer: Answer) -> Image.Image:
    data = answer.json()["data"]
    assert isinstance(data, list)
    text = data[0].get("b64_json") or data[0]["url"].partition(",")[2]
    return Image.open(io.BytesIO(base64.b64decode(text)))


@pytest.mark.parametrize("path", ["/images/generations", "/image/generations"])
async def test_one_picture_comes_as_base64_png_in_the_size_asked_for(
    caller: Caller, path: str
) -> None:
    answer = await caller.post(path, make_body())
    assert answer.status == 200
    picture = picture_of(answer)
    assert (picture.format, picture.size) == ("PNG", (256, 256))


async def test_a_url_is_a_data_uri(caller: Caller) -> None:
    body = make_body(response_format="url", output_format="webp")
    answer = await caller.post("/images/generations", body)
    data = answer.json()["data"]
    assert isinstance(data, list)
    assert data[0]["url"].startswith("data:image/webp;base64,")
    assert picture_of(answer).format == "WEBP"


async def test_an_unknown_model_falls_back_to_the_default(caller: Caller) -> None:
    answer = await caller.post("/images/generations", make_body(model="dall-e-9"))
    assert answer.status == 200
    assert caller.stand_in.requests[-1].charged_usd_micros == 10_000


async def test_a_ratio_model_takes_the_nearest_ratio(caller: Caller) -> None:
    body = make_body(model="flux-2-pro", size="1792x1024")
    width, height = picture_of(await caller.post("/images/generations", body)).size
    assert width / height == pytest.approx(16 / 9, rel=0.01)


@pytest.mark.parametrize(
    ("moderation", "blurred"), [("auto", "true"), (None, "true"), ("low", "false")]
)
async def test_moderation_decides_what_is_blurred(
    caller: Caller, moderation: str | None, blurred: str
) -> None:
    body = make_body(prompt="a lewd fox", moderation=moderation)
    answer = await caller.post("/images/generations", body)
    assert answer.headers["x-venice-is-blurred"] == blurred


async def test_a_violation_is_black_and_free(caller: Caller) -> None:
    answer = await caller.post("/images/generations", make_body(prompt="forbidden"))
    assert answer.headers["x-venice-is-content-violation"] == "true"
    assert picture_of(answer).convert("L").getextrema() == (0, 0)
    assert not caller.stand_in.requests[-1].billed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", "x" * 1501),
        ("safe_mode", True),
        ("seed", 1),
        ("n", 2),
        ("size", "100x100"),
        ("response_format", "png"),
        ("moderation", "high"),
    ],
)
async def test_a_broken_rule_is_a_400_that_names_the_field(
    caller: Caller, field: str, value: object
) -> None:
    answer = await caller.post("/images/generations", make_body(**{field: value}))
    assert answer.status == 400
    assert answer.broken_fields() == [field]
