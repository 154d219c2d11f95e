"""`/image/edit` and `/image/multi-edit`."""

import io
import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from aiohttp import FormData, web

from sandbox.venice.routes import edits
from tests.sandbox.caller import Caller, as_base64, make_png

PNG = make_png()
EDIT, MULTI_EDIT = "/image/edit", "/image/multi-edit"


def make_edit(**overrides: object) -> dict[str, object]:
    return {"prompt": "make it a sunset", "image": as_base64(PNG)} | overrides


def make_multi_edit(count: int = 2, **overrides: object) -> dict[str, object]:
    return {"prompt": "put them together", "images": [as_base64(PNG)] * count} | overrides


def make_form(fields: dict[str, str], *, file_field: str, files: int = 1) -> FormData:
    form = FormData(fields)
    for number in range(files):
        form.add_field(file_field, PNG, filename=f"{number}.png", content_type="image/png")
    return form


def make_png_header(width: int, height: int) -> bytes:
    """A file that only claims to be that large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + struct.pack(">I", 0)
        + b"IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


@pytest.fixture
async def picture_host() -> AsyncIterator[str]:
    """A page on loopback that serves one picture."""

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=PNG, content_type="image/png")

    app = web.Application()
    app.router.add_get("/picture.png", serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    "image", [as_base64(PNG), f"data:image/png;base64,{as_base64(PNG)}"], ids=["base64", "data URI"]
)
async def test_an_edit_takes_text_and_answers_bytes_of_the_same_size(
    caller: Caller, image: str
) -> None:
    answer = await caller.post(EDIT, make_edit(image=image))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["x-venice-model-id"] == "firered-image-edit"
    assert answer.picture().size == (320, 240)
    assert caller.stand_in.requests[-1].charged_usd_micros == 40_000


async def test_an_edit_takes_a_form(caller: Caller) -> None:
    fields = {"prompt": "a lewd sunset", "safe_mode": "false", "model": "luma-uni-1-edit"}
    answer = await caller.post(EDIT, form=make_form(fields, file_field="image"))
    assert answer.status == 200
    assert answer.headers["x-venice-is-blurred"] == "false"
    record = caller.stand_in.requests[-1]
    assert (record.model, record.safe_mode) == ("luma-uni-1-edit", False)
    assert [(f.name, f.size_bytes) for f in record.files] == [("image", len(PNG))]


async def test_an_edit_fetches_from_this_machine_alone(caller: Caller, picture_host: str) -> None:
    near = await caller.post(EDIT, make_edit(image=f"{picture_host}/picture.png"))
    missing = await caller.post(EDIT, make_edit(image=f"{picture_host}/none.png"))
    far = await caller.post(EDIT, make_edit(image="https://example.com/picture.png"))
    assert [near.status, missing.status, far.status] == [200, 400, 400]


@pytest.mark.parametrize(
    ("overrides", "size", "image_format"),
    [
        ({"aspect_ratio": "16:9"}, (1368, 768), "PNG"),
        ({"aspect_ratio": "auto", "output_format": "webp"}, (320, 240), "WEBP"),
        ({"output_format": "jpg"}, (320, 240), "JPEG"),
        ({"model": "gpt-image-2-edit"}, (1256, 840), "PNG"),
        ({"model": "gpt-image-2-edit", "resolution": "2K"}, (2512, 1672), "JPEG"),
    ],
)
async def test_ratio_tier_and_format_are_honoured(
    caller: Caller, overrides: dict[str, object], size: tuple[int, int], image_format: str
) -> None:
    answer = await caller.post(EDIT, make_edit(**overrides))
    assert answer.status == 200
    assert (answer.picture().size, answer.picture().format) == (size, image_format)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", ""),
        ("prompt", "x" * 1501),
        ("quality", "high"),
        ("seed", 1),
        ("resolution", "1K"),
        ("aspect_ratio", "4:3"),
        ("output_format", "gif"),
        ("image", "not base64!"),
        ("image", "data:image/png,not-base64"),
        ("image", "http://[broken/a.png"),
        ("image", as_base64(make_png_header(60_000, 60_000))),
        ("image", as_base64(make_png_header(12_000, 12_000))),
        ("image", as_base64(make_png_header(6_000, 6_000))),
        ("image", as_base64(b"no picture")),
        ("image", as_base64(make_png(100, 100))),
    ],
)
async def test_a_broken_rule_is_a_400_that_names_the_field(
    caller: Caller, field: str, value: object
) -> None:
    answer = await caller.post(EDIT, make_edit(**{field: value}))
    assert answer.status == 400
    assert answer.broken_fields() == [field]


async def test_a_violation_is_a_422_and_free(caller: Caller) -> None:
    for path, body in ((EDIT, make_edit()), (MULTI_EDIT, make_multi_edit())):
        answer = await caller.post(path, body | {"prompt": "forbidden"})
        assert answer.status == 422
        assert not caller.stand_in.requests[-1].billed


async def test_an_adult_edit_is_blurred_by_default(caller: Caller) -> None:
    answer = await caller.post(EDIT, make_edit(prompt="lewd"))
    assert answer.headers["x-venice-is-blurred"] == "true"


async def test_an_enhanced_edit_tells_its_prompt(caller: Caller) -> None:
    answer = await caller.post(EDIT, make_edit(enhance_prompt=True))
    assert unquote(answer.headers["x-venice-enhanced-prompt"]).startswith("make it a sunset, ")
    assert caller.stand_in.requests[-1].charged_usd_micros == 80_000


async def test_a_picture_beyond_25_mb_is_a_413(caller: Caller) -> None:
    form = FormData({"prompt": "sunset"})
    too_large = io.BytesIO(bytes(25 * 1024 * 1024 + 1))
    form.add_field("image", too_large, filename="a.png")
    assert (await caller.post(EDIT, form=form)).status == 413


async def test_a_format_that_is_not_taken_is_a_415(caller: Caller) -> None:
    gif = b"GIF89a" + b"\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,"
    gif += b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    assert (await caller.post(EDIT, make_edit(image=as_base64(gif)))).status == 415


async def test_a_page_that_serves_too_much_is_a_413(
    caller: Caller, picture_host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits, "IMAGE_LIMITS", replace(edits.IMAGE_LIMITS, max_bytes=100))
    answer = await caller.post(EDIT, make_edit(image=f"{picture_host}/picture.png"))
    assert answer.status == 413


async def test_two_files_for_one_picture_are_a_400(caller: Caller) -> None:
    form = make_form({"prompt": "sunset"}, file_field="image", files=2)
    assert (await caller.post(EDIT, form=form)).broken_fields() == ["image"]


async def test_a_multi_edit_takes_a_list_or_files(caller: Caller) -> None:
    listed = await caller.post(MULTI_EDIT, make_multi_edit(3))
    form = make_form({"prompt": "put them together"}, file_field="images", files=3)
    uploaded = await caller.post(MULTI_EDIT, form=form)
    assert (listed.status, uploaded.status) == (200, 200)
    assert listed.content == uploaded.content


@pytest.mark.parametrize(
    ("model", "most"),
    [("firered-image-edit", 3), ("flux-2-max-edit", 6), ("luma-uni-1-edit", 1)],
)
async def test_a_multi_edit_takes_as_many_pictures_as_the_model(
    caller: Caller, model: str, most: int
) -> None:
    enough = await caller.post(MULTI_EDIT, make_multi_edit(most, modelId=model))
    too_many = await caller.post(MULTI_EDIT, make_multi_edit(most + 1, modelId=model))
    assert (enough.status, too_many.status) == (200, 400)
    assert too_many.broken_fields() == ["images"]


async def test_a_multi_edit_names_its_model_in_another_field(caller: Caller) -> None:
    body = make_multi_edit(model="firered-image-edit")
    assert (await caller.post(MULTI_EDIT, body)).broken_fields() == ["model"]


@pytest.mark.parametrize(
    ("overrides", "price"),
    [
        ({"modelId": "gpt-image-2-edit"}, 340_000 + 9_200),
        ({"modelId": "gpt-image-2-edit", "quality": "low"}, 30_000 + 9_200),
        ({"modelId": "flux-2-max-edit"}, 120_000 + 34_500),
    ],
)
async def test_pictures_beyond_the_included_ones_cost_extra(
    caller: Caller, overrides: dict[str, object], price: int
) -> None:
    await caller.post(MULTI_EDIT, make_multi_edit(2, **overrides))
    assert caller.stand_in.requests[-1].charged_usd_micros == price


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        ("gpt-image-2-edit", "aspect_ratio", "21:9"),
        ("gpt-image-2-edit", "resolution", "1k"),
        ("flux-2-max-edit", "resolution", "1K"),
        ("flux-2-max-edit", "quality", "low"),
    ],
)
async def test_what_a_model_does_not_list_is_a_400(
    caller: Caller, model: str, field: str, value: str
) -> None:
    answer = await caller.post(MULTI_EDIT, make_multi_edit(modelId=model) | {field: value})
    assert answer.broken_fields() == [field]
