"""`/image/upscale` and `/image/background-remove`."""

import pytest
from aiohttp import FormData

from tests.sandbox.caller import Caller, as_base64, make_png

PNG = make_png()
UPSCALE, CUT_OUT = "/image/upscale", "/image/background-remove"


def make_upscale(**overrides: object) -> dict[str, object]:
    return {"image": as_base64(PNG)} | overrides


@pytest.mark.parametrize(
    ("scale", "size", "price"),
    [
        (None, (640, 480), 20_000),
        (2, (640, 480), 20_000),
        (2.5, (800, 600), 80_000),
        (4, (1280, 960), 80_000),
    ],
)
async def test_an_upscale_is_a_larger_png(
    caller: Caller, scale: float | None, size: tuple[int, int], price: int
) -> None:
    body = make_upscale() if scale is None else make_upscale(scale=scale)
    answer = await caller.post(UPSCALE, body)
    assert answer.status == 200
    assert (answer.picture().size, answer.picture().format) == (size, "PNG")
    assert caller.stand_in.requests[-1].charged_usd_micros == price


async def test_the_scale_is_reduced_to_fit(caller: Caller) -> None:
    body = make_upscale(image=as_base64(make_png(2048, 1536)), scale=4)
    width, height = (await caller.post(UPSCALE, body)).picture().size
    assert width * height <= 16_777_216 < (width + 4) * (height + 4)


async def test_an_upscale_takes_a_form(caller: Caller) -> None:
    form = FormData({"scale": "3", "creativity": "0.02"})
    form.add_field("image", PNG, filename="a.png", content_type="image/png")
    assert (await caller.post(UPSCALE, form=form)).picture().size == (960, 720)


async def test_a_form_s_number_that_is_none_is_a_400(caller: Caller) -> None:
    form = FormData({"scale": "double"})
    form.add_field("image", PNG, filename="a.png")
    assert (await caller.post(UPSCALE, form=form)).broken_fields() == ["scale"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scale", 1),
        ("scale", 5),
        ("scale", "2"),
        ("image", as_base64(make_png(255, 256))),
        ("image", f"data:image/png;base64,{as_base64(PNG)}"),
        ("image", "http://127.0.0.1/a.png"),
    ],
)
async def test_an_upscale_refuses_what_it_cannot_take(
    caller: Caller, field: str, value: object
) -> None:
    answer = await caller.post(UPSCALE, make_upscale(**{field: value}))
    assert answer.status == 400
    assert answer.broken_fields() == [field]


async def test_creativity_out_of_range_is_clamped(caller: Caller) -> None:
    most = await caller.post(UPSCALE, make_upscale(creativity=0.02))
    beyond = await caller.post(UPSCALE, make_upscale(creativity=9))
    assert most.content == beyond.content


async def test_upscales_and_cut_outs_carry_no_safety_signals(caller: Caller) -> None:
    for path in (UPSCALE, CUT_OUT):
        headers = (await caller.post(path, make_upscale())).headers
        assert not [name for name in headers if name.lower().startswith("x-venice-is")]


async def test_a_cut_out_is_a_png_with_alpha(caller: Caller) -> None:
    answer = await caller.post(CUT_OUT, make_upscale())
    picture = answer.picture()
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGBA", (320, 240))
    assert picture.getchannel("A").getpixel((0, 0)) == 0
    assert picture.getchannel("A").getpixel((160, 120)) == 255
    assert caller.stand_in.requests[-1].charged_usd_micros == 30_000


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"image": as_base64(PNG), "image_url": "http://127.0.0.1/a.png"},
        {"image_url": "https://example.com/a.png"},
        {"image_url": "picture"},
        {"image": as_base64(PNG), "scale": 2},
    ],
)
async def test_a_cut_out_takes_exactly_one_picture_and_nothing_else(
    caller: Caller, body: dict[str, object]
) -> None:
    assert (await caller.post(CUT_OUT, body)).status == 400
