"""Prices: of every model of the list, by every rule there is, and unknown where nobody says."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models.image_model import ImageModel, ModelKind, Quality, TierSizing
from bot.domain.models.pricing import (
    ExtraPrices,
    most_with_extras,
    price_of_cutout,
    price_of_edit,
    price_of_image,
    price_of_upscale,
)
from bot.domain.money import UsdMicros, usd_micros
from bot.domain.sizing import PixelSize, RatioChoice, TierChoice, fit, parse_wish
from bot.venice.entries import read_entries
from tests.venice.factories import make_recipe
from tests.venice.test_entries import LIST, make_entry, needs_list

SQUARE = RatioChoice("1:1")


def entries() -> list[dict[str, Any]]:
    """The entries of the list, for the tests that are skipped without it."""
    if not LIST.exists():
        return []
    found = json.loads(LIST.read_text("utf-8"))["data"]
    assert isinstance(found, list)
    return found


def model_of(entry: dict[str, Any]) -> ImageModel:
    return read_entries([entry]).models[0]


def make_model(*, kind: str = "image", tiers: bool = False, **pricing: Any) -> ImageModel:
    constraints: dict[str, Any] = {"aspectRatios": ["1:1"], "defaultAspectRatio": "1:1"}
    if tiers:
        constraints |= {"resolutions": ["1k", "2k"], "defaultResolution": "1k"}
    return model_of(make_entry(kind=kind, constraints=constraints, pricing=pricing))


@needs_list
@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["id"])
def test_every_model_of_the_list_costs_what_the_list_says(entry: dict[str, Any]) -> None:
    model, pricing = model_of(entry), entry["model_spec"]["pricing"]
    if model.kind is ModelKind.UPSCALE:
        assert price_of_upscale(model, scale=2) == usd_micros(pricing["upscale"]["2x"]["usd"])
        assert price_of_upscale(model, scale=4) == usd_micros(pricing["upscale"]["4x"]["usd"])
    elif model.kind is ModelKind.CUTOUT:
        assert price_of_cutout(model) == usd_micros(pricing["generation"]["usd"])
    elif model.kind is ModelKind.EDIT:
        check_edit(model, pricing)
    else:
        check_generation(model, pricing)


def check_generation(model: ImageModel, pricing: dict[str, Any]) -> None:
    if not isinstance(model.sizing, TierSizing):
        assert model.sizing is not None
        size = fit(model.sizing, parse_wish(aspect=None, size=None))
        assert price_of_image(model, size, None) == usd_micros(pricing["generation"]["usd"])
        return
    for tier in model.sizing.tiers:
        size = TierChoice("1:1", tier)
        if not model.qualities:
            listed = pricing["resolutions"][tier.upper()]["usd"]
            assert price_of_image(model, size, None) == usd_micros(listed)
        for quality in model.qualities:
            listed = pricing["quality"][tier.upper()][quality.value]["usd"]
            assert price_of_image(model, size, quality) == usd_micros(listed)


def check_edit(model: ImageModel, pricing: dict[str, Any]) -> None:
    included = pricing.get("inputImages", {}).get("included", 1)
    each = usd_micros(pricing.get("inputImages", {}).get("additional", {}).get("usd", 0))
    tiers = model.sizing.tiers if isinstance(model.sizing, TierSizing) else (None,)
    levels = model.qualities or (None,)
    for tier, level, images in product(tiers, levels, range(1, model.max_input_images + 1)):
        if level is not None and tier is not None:
            listed = pricing["quality"][tier.upper()][level.value]
        elif tier is not None:
            listed = pricing["resolutions"][tier.upper()]
        else:
            listed = pricing["inpaint"]
        price = usd_micros(listed["usd"]) + max(0, images - included) * each
        assert price_of_edit(model, input_images=images, resolution=tier, quality=level) == price


def test_tiers_are_compared_without_case() -> None:
    model = make_model(tiers=True, resolutions={"1K": {"usd": 0.03}, "2k": {"usd": 0.04}})
    assert price_of_image(model, TierChoice("1:1", "1k"), None) == 30_000
    assert price_of_image(model, TierChoice("1:1", "2K"), None) == 40_000


def test_the_default_quality_counts_where_none_was_asked() -> None:
    constraints = {
        "aspectRatios": ["1:1"],
        "resolutions": ["1K"],
        "qualities": ["low", "high"],
        "defaultQuality": "high",
    }
    levels = {"low": {"usd": 0.02}, "high": {"usd": 0.26}}
    model = model_of(make_entry(constraints=constraints, pricing={"quality": {"1K": levels}}))
    assert price_of_image(model, TierChoice("1:1", "1K"), None) == 260_000
    assert price_of_image(model, TierChoice("1:1", "1K"), Quality.LOW) == 20_000
    assert price_of_image(model, TierChoice("1:1", "1K"), Quality.MEDIUM) is None


@pytest.mark.parametrize(
    "pricing", [{}, {"generation": {}}, {"generation": {"usd": None}}, {"generation": {"diem": 1}}]
)
def test_a_missing_price_is_unknown_and_not_nothing(pricing: dict[str, Any]) -> None:
    model = make_model(**pricing)
    assert price_of_image(model, SQUARE, None) is None
    assert price_of_image(model, PixelSize(64, 64), None) is None
    assert price_of_edit(model, input_images=1) is None
    assert price_of_cutout(model) is None
    assert price_of_upscale(model, scale=2) is None


def test_a_tier_that_is_not_listed_costs_the_flat_price_if_there_is_one() -> None:
    flat = make_model(tiers=True, generation={"usd": 0.05}, resolutions={"1K": {"usd": 0.03}})
    assert price_of_image(flat, TierChoice("1:1", "2k"), None) == 50_000
    unknown = make_model(tiers=True, resolutions={"1K": {"usd": 0.03}})
    assert price_of_image(unknown, TierChoice("1:1", "2k"), None) is None


@pytest.mark.parametrize(
    ("input_images", "images", "price"),
    [
        (None, 3, 50_000),
        ({"included": 1, "additional": {"usd": 0.01}}, 1, 50_000),
        ({"included": 1, "additional": {"usd": 0.01}}, 3, 70_000),
        ({"included": 0, "additional": {"usd": 0.01}}, 1, 60_000),
        ({"included": 3, "additional": {"usd": 0.01}}, 2, 50_000),
        ({"included": 1, "additional": {}}, 1, 50_000),
        ({"included": 1, "additional": {}}, 2, None),
    ],
)
def test_further_input_images_cost_extra(
    input_images: dict[str, Any] | None, images: int, price: int | None
) -> None:
    pricing: dict[str, Any] = {"inpaint": {"usd": 0.05}}
    if input_images is not None:
        pricing["inputImages"] = input_images
    model = make_model(kind="inpaint", **pricing)
    assert price_of_edit(model, input_images=images) == price


def test_an_edit_without_a_resolution_costs_the_default_one() -> None:
    tiers = {"1K": {"usd": 0.06}, "2K": {"usd": 0.09}}
    model = make_model(kind="inpaint", tiers=True, inpaint={"usd": 0.01}, resolutions=tiers)
    assert price_of_edit(model, input_images=1) == 60_000
    assert price_of_edit(model, input_images=1, resolution="2k") == 90_000


@pytest.mark.parametrize(
    ("scale", "price"), [(2, 20_000), (2.5, 80_000), (3, 80_000), (4, 80_000), (4.5, None)]
)
def test_upscaling_costs_by_scale(scale: float, price: int | None) -> None:
    model = make_model(kind="upscale", upscale={"2x": {"usd": 0.02}, "4x": {"usd": 0.08}})
    assert price_of_upscale(model, scale=scale) == price


@pytest.mark.parametrize(
    ("enhance", "web_search", "extras", "most"),
    [
        (False, False, ExtraPrices(), 10_000),
        (True, False, ExtraPrices(), 50_000),
        (False, True, ExtraPrices(), None),
        (True, True, ExtraPrices(), None),
        (True, True, ExtraPrices(web_search=UsdMicros(5_000)), 55_000),
        (True, False, ExtraPrices(enhance=UsdMicros(0)), 10_000),
    ],
)
def test_extras_cost_at_most_what_is_known_of_them(
    enhance: bool, web_search: bool, extras: ExtraPrices, most: int | None
) -> None:
    recipe = make_recipe(enhance=enhance, web_search=web_search)
    assert most_with_extras(usd_micros("0.01"), recipe, extras) == most
    assert most_with_extras(None, recipe, extras) is None


@given(usd=st.decimals(0, 1_000, places=6), images=st.integers(1, 14), included=st.integers(0, 14))
def test_an_edit_never_costs_less_than_its_base(usd: Any, images: int, included: int) -> None:
    surcharge = {"included": included, "additional": {"usd": 0.01}}
    model = make_model(kind="inpaint", inpaint={"usd": float(usd)}, inputImages=surcharge)
    price = price_of_edit(model, input_images=images)
    assert price is not None
    assert price >= usd_micros(float(usd))
