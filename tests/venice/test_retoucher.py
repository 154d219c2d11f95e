"""The bot's retoucher: a recipe and stored pictures become a picture, or a failure to keep."""

import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.domain.gate.policy import NO_SIGNALS, SafetySignals
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import Quality
from bot.domain.tools.recipes import ToolRecipe
from bot.venice import NoTools, VeniceClient, VenicePainter, VeniceRetoucher
from sandbox.venice import VeniceStandIn
from sandbox.venice.faults import Answered, ConnectionReset, EmptyBody, Fault
from tests.tool_values import (
    make_blend_recipe,
    make_cutout_recipe,
    make_edit_recipe,
    make_stored,
    make_upscale_recipe,
)
from tests.venice.factories import make_picture, make_recipe

FOUND_NOTHING = SafetySignals(blurred=False, content_violation=False)


async def nothing() -> None:
    pass


@pytest.fixture
def path_of(tmp_path: Path) -> Callable[[StoredPicture], Path]:
    """A folder in which the pictures `a` and `b` are kept."""
    for letter in "ab":
        (tmp_path / (letter * 64)).write_bytes(make_picture(320, 240))
    return lambda picture: tmp_path / picture.sha256


Retouch = Callable[[ToolRecipe], Awaitable[Painting]]


@pytest.fixture
def retouch(client: VeniceClient, path_of: Callable[[StoredPicture], Path]) -> Retouch:
    async def retouch(recipe: ToolRecipe) -> Painting:
        return await VeniceRetoucher(client, path_of).retouch(recipe, before_send=nothing)

    return retouch


async def failure(retouch: Retouch, recipe: ToolRecipe) -> ImageFailure:
    with pytest.raises(PaintingError) as raised:
        await retouch(recipe)
    return raised.value.failure


async def opened(painting: Painting) -> Image.Image:
    data = await painting.body.read()
    await painting.body.aclose()
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("recipe", "route", "fields", "files"),
    [
        (
            make_edit_recipe(),
            "/image/edit",
            {
                "model": "firered-image-edit",
                "prompt": "make it night",
                "safe_mode": "true",
                "output_format": "webp",
            },
            1,
        ),
        (
            make_edit_recipe(safe_mode=False, aspect_ratio="16:9", image_format="png"),
            "/image/edit",
            {
                "model": "firered-image-edit",
                "prompt": "make it night",
                "safe_mode": "false",
                "aspect_ratio": "16:9",
                "output_format": "png",
            },
            1,
        ),
        (
            make_blend_recipe(
                model="gpt-image-2-edit", resolution="1K", quality=Quality.LOW, aspect_ratio="3:2"
            ),
            "/image/multi-edit",
            {
                "modelId": "gpt-image-2-edit",
                "prompt": "both at one table",
                "safe_mode": "true",
                "aspect_ratio": "3:2",
                "resolution": "1K",
                "quality": "low",
                "output_format": "webp",
            },
            2,
        ),
        (make_upscale_recipe(scale=4), "/image/upscale", {"scale": "4.0"}, 1),
        (make_cutout_recipe(), "/image/background-remove", {}, 1),
    ],
)
async def test_only_what_the_recipe_says_is_sent_and_pictures_travel_as_files(
    retouch: Retouch,
    stand_in: VeniceStandIn,
    recipe: ToolRecipe,
    route: str,
    fields: dict[str, Any],
    files: int,
) -> None:
    painting = await retouch(recipe)
    await painting.body.aclose()

    sent = stand_in.requests[-1]
    assert (sent.route, sent.body, len(sent.files)) == (route, fields, files)
    assert sent.billed


async def test_an_edit_carries_signals(retouch: Retouch) -> None:
    painting = await retouch(make_edit_recipe())

    assert painting.signals == FOUND_NOTHING
    assert (await opened(painting)).size == (320, 240)


async def test_an_upscale_carries_none(retouch: Retouch) -> None:
    painting = await retouch(make_upscale_recipe(scale=2))

    assert painting.signals == NO_SIGNALS
    assert (await opened(painting)).size == (640, 480)


async def test_a_cut_out_stays_a_png_with_transparency(retouch: Retouch) -> None:
    painting = await retouch(make_cutout_recipe())

    assert painting.body.content_type == "image/png"
    assert (await opened(painting)).mode == "RGBA"


async def test_an_edit_that_breaks_the_rules_is_a_failure_and_not_billed(retouch: Retouch) -> None:
    failed = await failure(retouch, make_edit_recipe(prompt="forbidden things"))

    assert failed.reason is FailureReason.CONTENT_VIOLATION
    assert failed.billing is Billing.NOT_BILLED


async def test_an_answer_that_was_lost_may_have_been_billed(
    retouch: Retouch, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(ConnectionReset(), times=4))

    failed = await failure(retouch, make_upscale_recipe())

    assert (failed.reason, failed.billing) == (
        FailureReason.UNREACHABLE,
        Billing.MAYBE_BILLED,
    )


async def test_a_model_that_is_gone_is_told_as_such(
    retouch: Retouch, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(Answered(404, EmptyBody())))

    assert (await failure(retouch, make_edit_recipe())).reason is FailureReason.MODEL_GONE


@pytest.mark.parametrize(
    "recipe",
    [
        make_edit_recipe(inputs=(make_stored("c"),)),
        make_edit_recipe(aspect_ratio="5:1"),
        make_edit_recipe(prompt=""),
    ],
)
async def test_what_no_request_can_hold_is_rejected_unsent(
    retouch: Retouch, stand_in: VeniceStandIn, recipe: ToolRecipe
) -> None:
    failed = await failure(retouch, recipe)

    assert (failed.reason, failed.billing) == (FailureReason.REJECTED, Billing.NOT_BILLED)
    assert failed.detail
    assert stand_in.requests == []


async def test_it_is_noted_before_the_first_byte_leaves(
    client: VeniceClient, stand_in: VeniceStandIn, path_of: Callable[[StoredPicture], Path]
) -> None:
    sent_before: list[int] = []

    async def note() -> None:
        sent_before.append(len(stand_in.requests))

    painting = await VeniceRetoucher(client, path_of).retouch(
        make_cutout_recipe(), before_send=note
    )
    await painting.body.aclose()

    assert sent_before == [0]


async def test_style_references_guide_a_painting(
    client: VeniceClient, stand_in: VeniceStandIn, path_of: Callable[[StoredPicture], Path]
) -> None:
    model = next(model for model in await client.image_models() if model.max_style_references)
    recipe = make_recipe(model=model.id, references=(make_stored("a"),))
    painting = await VenicePainter(client, path_of).paint(recipe, seed=7, before_send=nothing)
    await painting.body.aclose()

    sent = stand_in.requests[-1].body["style_references"]
    assert isinstance(sent, list)
    assert [set(reference) for reference in sent] == [{"image"}]


async def test_a_backend_without_tools_refuses_what_was_accepted_before() -> None:
    with pytest.raises(PaintingError) as raised:
        await NoTools().retouch(make_edit_recipe(), before_send=nothing)

    assert raised.value.failure.billing is Billing.NOT_BILLED
