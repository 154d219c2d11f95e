"""What `/image/generate` answers when it paints."""

import base64
import gzip
import io
import json
from urllib.parse import unquote

import aiohttp
import brotli  # type: ignore[import-untyped]  # published without type information
import pytest
from PIL import ExifTags, Image

from sandbox.venice import StandInOptions, VeniceStandIn
from tests.sandbox.caller import KEY, Caller, make_generation


@pytest.mark.parametrize(
    ("image_format", "content_type"),
    [("webp", "image/webp"), ("png", "image/png"), ("jpeg", "image/jpeg")],
)
async def test_a_picture_comes_as_bytes_in_the_format_asked_for(
    caller: Caller, image_format: str, content_type: str
) -> None:
    answer = await caller.generate(format=image_format)
    assert answer.headers["Content-Type"] == content_type
    assert answer.picture().format == image_format.upper()


async def test_the_answer_says_what_was_safe_and_what_is_left_of_the_minute(
    caller: Caller,
) -> None:
    headers = (await caller.generate()).headers
    assert headers["x-venice-is-blurred"] == "false"
    assert headers["x-venice-is-content-violation"] == "false"
    assert int(headers["x-ratelimit-remaining-requests"]) == (
        int(headers["x-ratelimit-limit-requests"]) - 1
    )
    assert len(headers["x-ratelimit-reset-requests"]) == 10
    assert headers["x-request-id"]
    assert headers["CF-RAY"]


async def test_json_carries_every_variant_and_only_the_first_uses_the_seed(
    caller: Caller,
) -> None:
    alone = await caller.generate()
    answer = await caller.generate(return_binary=False, variants=3)
    document = answer.json()
    assert set(document) == {"id", "images", "timing", "request"}
    assert document["request"] == make_generation(return_binary=False, variants=3)
    images = document["images"]
    assert isinstance(images, list)
    contents = [base64.b64decode(image) for image in images]
    assert contents[0] == alone.content
    assert len({*contents}) == 3


async def test_every_variant_is_billed(caller: Caller) -> None:
    await caller.generate(return_binary=False, variants=4)
    assert caller.stand_in.requests[-1].charged_usd_micros == 40_000
    assert caller.stand_in.balance_usd_micros == 100_000_000 - 40_000


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None)],
)
async def test_json_is_compressed_as_the_caller_accepts(
    stand_in: VeniceStandIn, accepted: str, encoding: str | None
) -> None:
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.post(
            stand_in.base_url + "/image/generate",
            json=make_generation(return_binary=False),
            headers={"Authorization": f"Bearer {KEY}", "Accept-Encoding": accepted},
        ) as response,
    ):
        content = await response.read()
    assert response.headers.get("Content-Encoding") == encoding
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](content)
    assert "images" in json.loads(opened)


async def test_an_adult_prompt_is_blurred_in_safe_mode_which_is_the_default(
    caller: Caller,
) -> None:
    safe = await caller.generate(prompt="a Lewd fox")
    unsafe = await caller.generate(prompt="a Lewd fox", safe_mode=False)
    assert safe.headers["x-venice-is-blurred"] == "true"
    assert unsafe.headers["x-venice-is-blurred"] == "false"
    assert safe.content != unsafe.content
    assert caller.stand_in.requests[-1].billed


async def test_a_violation_is_a_200_with_a_black_picture_and_no_charge(caller: Caller) -> None:
    answer = await caller.generate(prompt="something forbidden", safe_mode=False)
    assert answer.status == 200
    assert answer.headers["x-venice-is-content-violation"] == "true"
    assert answer.picture().size == (128, 96)
    assert answer.picture().convert("L").getextrema() == (0, 0)
    assert not caller.stand_in.requests[-1].billed


async def test_an_enhanced_prompt_comes_back_url_encoded_and_is_painted(caller: Caller) -> None:
    plain = await caller.generate(prompt="a fox & a cat")
    answer = await caller.generate(prompt="a fox & a cat", enhance_prompt=True)
    header = answer.headers["x-venice-enhanced-prompt"]
    assert "&" not in header
    assert unquote(header).startswith("a fox & a cat, ")
    assert answer.content != plain.content
    assert caller.stand_in.requests[-1].charged_usd_micros == 50_000


async def test_a_long_prompt_still_fits_its_header(caller: Caller) -> None:
    answer = await caller.generate(prompt="狐" * 7500, enhance_prompt=True)
    assert len(answer.headers["x-venice-enhanced-prompt"]) < 8000


async def test_a_deprecated_model_says_so_and_names_its_replacement(caller: Caller) -> None:
    headers = (await caller.generate(model="hidream")).headers
    assert headers["x-venice-deprecated"] == "true"
    assert headers["x-venice-deprecated-replacement"] == "z-image-turbo"
    assert headers["x-venice-model-deprecation-date"].startswith("2031")
    assert "x-venice-deprecated" not in (await caller.generate()).headers


@pytest.mark.parametrize("image_format", ["webp", "png", "jpeg"])
async def test_exif_carries_the_prompt_only_where_asked(caller: Caller, image_format: str) -> None:
    plain = await caller.generate(format=image_format)
    told = await caller.generate(format=image_format, embed_exif_metadata=True)
    assert ExifTags.Base.ImageDescription not in plain.picture().getexif()
    assert "fox" in str(told.picture().getexif()[ExifTags.Base.ImageDescription])


async def test_equal_requests_give_equal_pictures_and_no_seed_gives_another(
    caller: Caller,
) -> None:
    first, second = await caller.generate(seed=0), await caller.generate(seed=0)
    body = make_generation()
    del body["seed"]
    unseeded = [(await caller.post("/image/generate", body)).content for _ in range(2)]
    assert first.content == second.content
    assert len({first.content, *unseeded}) == 3


@pytest.mark.parametrize(
    ("model", "overrides", "price"),
    [
        ("flux-2-pro", {}, 30_000),
        ("grok-imagine-image", {"resolution": "2k"}, 40_000),
        ("nano-banana-pro", {}, 180_000),
        ("nano-banana-pro", {"enable_web_search": True}, 190_000),
        ("gpt-image-2", {}, 260_000),
        ("gpt-image-2", {"quality": "medium"}, 70_000),
        ("ideogram-v4", {}, 50_000),
    ],
)
async def test_the_price_is_the_published_one(
    caller: Caller, model: str, overrides: dict[str, object], price: int
) -> None:
    body = {"model": model, "prompt": "a fox", "return_binary": True, "format": "jpeg"}
    assert (await caller.post("/image/generate", body | overrides)).status == 200
    assert caller.stand_in.requests[-1].charged_usd_micros == price


@pytest.mark.parametrize("options", [StandInOptions(balance_usd_micros=15_000)])
async def test_an_empty_balance_is_a_402(caller: Caller) -> None:
    assert (await caller.generate()).status == 200
    answer = await caller.generate()
    assert answer.status == 402
    assert "Insufficient" in str(answer.json()["error"])


async def test_pictures_are_whole(caller: Caller) -> None:
    answer = await caller.generate(format="png")
    Image.open(io.BytesIO(answer.content)).verify()
