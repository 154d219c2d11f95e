"""Requests are checked when they are made, and become exactly the bytes that were meant."""

import base64
import email
import email.policy
import json
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.venice import (
    EditImageRequest,
    GenerateImageRequest,
    GenerationsRequest,
    MultiEditImageRequest,
    RemoveBackgroundRequest,
    StyleReference,
    UpscaleImageRequest,
)
from bot.venice.encoding import EncodedBody, form
from bot.venice.errors import RequestRejected
from bot.venice.wire.base import ApiRequest
from tests.venice.factories import make_picture, make_request

PICTURE = make_picture()
URL = "https://pictures.example/fox.png"


def parts_of(body: EncodedBody) -> list[tuple[str, str | None, str, bytes]]:
    """Name, file name, type and content of each part of a form."""
    head = f"Content-Type: {body.content_type}\r\n\r\n".encode()
    message = email.message_from_bytes(head + b"".join(body.pieces), policy=email.policy.HTTP)
    parts = []
    for part in message.iter_parts():
        assert isinstance(part, EmailMessage)
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        parts.append((str(name), part.get_filename(), part.get_content_type(), content))
    return parts


def json_of(request: ApiRequest) -> dict[str, Any]:
    body = request.encoded()
    assert body.content_type == "application/json"
    found = json.loads(b"".join(body.pieces))
    assert isinstance(found, dict)
    return found


def test_only_what_was_said_is_sent() -> None:
    assert json_of(make_request()) == {
        "model": "z-image-turbo",
        "prompt": "a fox in the snow",
        "safe_mode": True,
        "width": 128,
        "height": 96,
        "seed": 7,
    }


def test_safe_mode_off_and_seed_zero_are_said_too() -> None:
    assert json_of(make_request(safe_mode=False, seed=0)).items() >= {
        ("safe_mode", False),
        ("seed", 0),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"prompt": ""},
        {"prompt": "x" * 7_501},
        {"negative_prompt": "x" * 7_501},
        {"width": 0},
        {"height": 1_281},
        {"seed": 1_000_000_000},
        {"steps": 0},
        {"cfg_scale": 0},
        {"cfg_scale": 20.5},
        {"lora_strength": 101},
        {"variants": 5},
        {"format": "gif"},
        {"quality": "best"},
        {"inpaint": {}},
        {"unheard_of": 1},
        {"style_references": [{"image": URL, "strength": 0}]},
        {"style_references": [{"image": "no picture"}]},
    ],
)
def test_a_generation_that_the_api_would_refuse_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_request(**wrong)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (GenerateImageRequest, {"model": "m", "prompt": "p"}),
        (GenerationsRequest, {"prompt": "p"}),
        (GenerationsRequest, {"prompt": "x" * 1_501, "moderation": "auto"}),
        (GenerationsRequest, {"prompt": "p", "moderation": "auto", "size": "1000x1000"}),
        (GenerationsRequest, {"prompt": "p", "moderation": "auto", "safe_mode": True}),
        (EditImageRequest, {"model": "m", "prompt": "p", "image": PICTURE}),
        (EditImageRequest, {"model": "m", "prompt": "p", "image": "file.png", "safe_mode": True}),
        (
            EditImageRequest,
            {"model": "m", "prompt": "p", "image": URL, "safe_mode": True, "quality": "low"},
        ),
        (
            EditImageRequest,
            {"model": "m", "prompt": "p", "image": URL, "safe_mode": True, "aspect_ratio": "5:1"},
        ),
        (MultiEditImageRequest, {"model": "m", "prompt": "p", "images": [], "safe_mode": True}),
        (UpscaleImageRequest, {"image": URL}),
        (UpscaleImageRequest, {"image": PICTURE, "scale": 5}),
        (UpscaleImageRequest, {"image": PICTURE, "scale": 1.5}),
        (UpscaleImageRequest, {"image": PICTURE, "creativity": 0.03}),
        (RemoveBackgroundRequest, {"image": "ftp://pictures.example/fox.png"}),
        (RemoveBackgroundRequest, {}),
    ],
)
def test_other_requests_that_the_api_would_refuse_cannot_be_made(
    kind: type[BaseModel], fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        kind(**fields)


def test_requests_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        make_request().prompt = "another"  # type: ignore[misc]  # the point of the test


def test_a_picture_at_hand_travels_as_a_form(tmp_path: Path) -> None:
    file = tmp_path / "fox.webp"
    file.write_bytes(make_picture(image_format="WEBP"))
    for image, suffix, kind in ((PICTURE, ".png", "image/png"), (file, ".webp", "image/webp")):
        request = EditImageRequest(model="m", prompt="öde\r\nheath", image=image, safe_mode=True)
        data = image.read_bytes() if isinstance(image, Path) else image
        assert parts_of(request.encoded()) == [
            ("model", None, "text/plain", b"m"),
            ("prompt", None, "text/plain", "öde\r\nheath".encode()),
            ("safe_mode", None, "text/plain", b"true"),
            ("image", f"image-1{suffix}", kind, data),
        ]


def test_a_picture_by_url_travels_as_json() -> None:
    request = EditImageRequest(
        model="m", prompt="p", image=URL, safe_mode=False, aspect_ratio="3:2", resolution="2K"
    )
    assert json_of(request) == {
        "model": "m",
        "prompt": "p",
        "image": URL,
        "safe_mode": False,
        "aspect_ratio": "3:2",
        "resolution": "2K",
    }


def test_several_pictures_travel_as_a_form_in_their_order() -> None:
    other = make_picture(image_format="JPEG")
    request = MultiEditImageRequest(
        model="m", prompt="p", images=(PICTURE, other), safe_mode=False, quality="low"
    )
    parts = parts_of(request.encoded())
    assert [part[0] for part in parts] == [
        "modelId",
        "prompt",
        "safe_mode",
        "quality",
        "images",
        "images",
    ]
    assert parts[2][3] == b"false"
    assert [part[3] for part in parts[-2:]] == [PICTURE, other]
    assert [part[1] for part in parts[-2:]] == ["images-1.png", "images-2.jpg"]


def test_one_url_among_the_pictures_makes_it_json() -> None:
    request = MultiEditImageRequest(model="m", prompt="p", images=(PICTURE, URL), safe_mode=True)
    body = json_of(request)
    assert body["modelId"] == "m"
    assert "model" not in body
    assert [base64.b64decode(body["images"][0]), body["images"][1]] == [PICTURE, URL]


def test_upscaling_sends_scale_and_creativity() -> None:
    request = UpscaleImageRequest(image=PICTURE, scale=4, creativity=0.02)
    assert [(part[0], part[3]) for part in parts_of(request.encoded())] == [
        ("scale", b"4.0"),
        ("creativity", b"0.02"),
        ("image", PICTURE),
    ]
    assert request.document()["image"] == base64.b64encode(PICTURE).decode()


def test_cutting_out_has_a_field_of_its_own_for_urls() -> None:
    assert json_of(RemoveBackgroundRequest(image=URL)) == {"image_url": URL}
    form_parts = parts_of(RemoveBackgroundRequest(image=PICTURE).encoded())
    assert [(part[0], part[3]) for part in form_parts] == [("image", PICTURE)]
    assert "image" in RemoveBackgroundRequest(image=PICTURE).document()


def test_style_references_are_encoded_and_urls_are_not() -> None:
    request = make_request(
        style_references=(
            StyleReference(image=PICTURE, strength=0.4),
            StyleReference(image=URL),
        )
    )
    assert request.carries_pictures
    assert json_of(request)["style_references"] == [
        {"image": base64.b64encode(PICTURE).decode(), "strength": 0.4},
        {"image": URL},
    ]


def test_requests_say_which_model_does_the_work() -> None:
    assert make_request().lane == "z-image-turbo"
    assert GenerationsRequest(prompt="p", moderation="auto").lane == "default"
    assert GenerationsRequest(prompt="p", moderation="auto", model="m").lane == "m"
    assert UpscaleImageRequest(image=PICTURE).lane == "upscaler"
    assert RemoveBackgroundRequest(image=PICTURE).lane == "bria-bg-remover"
    edit = EditImageRequest(model="e", prompt="p", image=PICTURE, safe_mode=True)
    assert edit.lane == "e"
    several = MultiEditImageRequest(model="e", prompt="p", images=(PICTURE,), safe_mode=True)
    assert several.lane == "e"


@pytest.mark.parametrize(
    ("name", "size_bytes"),
    [("missing.png", None), ("empty.png", 0), ("huge.png", 25 * 1024 * 1024)],
)
def test_a_file_that_cannot_be_sent_is_refused_in_words(
    tmp_path: Path, name: str, size_bytes: int | None
) -> None:
    file = tmp_path / name
    if size_bytes is not None:
        with file.open("wb") as handle:
            handle.truncate(size_bytes)
    with pytest.raises(RequestRejected) as refused:
        UpscaleImageRequest(image=file).encoded()
    assert refused.value.status is None
    assert str(tmp_path) not in str(refused.value)


def test_bytes_that_are_too_many_are_refused() -> None:
    with pytest.raises(RequestRejected, match="smaller than 8 MB"):
        StyleReference(image=bytes(8 * 1024 * 1024)).document()
    with pytest.raises(RequestRejected, match="empty"):
        UpscaleImageRequest(image=b"").encoded()


@given(
    fields=st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(), max_size=4),
    contents=st.lists(st.binary(max_size=200) | st.just(b"--picture-form-0--\r\n"), max_size=4),
)
def test_a_form_gives_back_what_was_put_in(
    fields: dict[str, str], contents: Sequence[bytes]
) -> None:
    body = form(fields, [("image", content) for content in contents])
    raw = b"".join(body.pieces)
    assert len(raw) == body.size_bytes
    boundary = body.content_type.partition("boundary=")[2].encode()
    found = [
        part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        for part in raw.split(b"--" + boundary)[1:-1]
    ]
    assert found == [*(text.encode() for text in fields.values()), *contents]
